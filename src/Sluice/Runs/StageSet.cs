using System.Globalization;
using Sluice.Endpoints;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>The stages of one run, opened and checked.</summary>
internal sealed class StageSet : IDisposable
{
    /// <summary>Makes content hashes, shingles and band keys of a batch, beside parsing.</summary>
    public required Action<RowBatch> Prepare { get; init; }

    /// <summary>Numbers the rows and finds exact repeats.</summary>
    public required IOrderedStage Exact { get; init; }

    /// <summary>The models and the stages that ask, in the order of the flow.</summary>
    public required IReadOnlyList<IColumnStage> Models { get; init; }

    /// <summary>Finds near repeats; null when switched off.</summary>
    public required IOrderedStage? Near { get; init; }

    /// <summary>Column name to the fingerprint of what makes it.</summary>
    public required IReadOnlyDictionary<string, string> Fingerprints { get; init; }

    /// <summary>Settings that decide the stages' answers, for the plan.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Rows that models may fail to score before the run is given up.</summary>
    public required int MaxUnscored { get; init; }

    /// <summary>What the stages that ask have done, in the order of the flow.</summary>
    public IReadOnlyList<EndpointMeter> Asking { get; init; } = [];

    /// <summary>Names rows; told the plan's files before the first row flows.</summary>
    public required RowIds Ids { get; init; }

    /// <summary>Model to what runs its graph, with the reason when a wished provider was not to be had.</summary>
    public IReadOnlyDictionary<string, string> Providers { get; init; } = new Dictionary<string, string>();

    /// <summary>Why a provider named in the configuration is not the one used, one sentence each; none when it is.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>What is closed with the set: sessions and scratch files.</summary>
    public required IReadOnlyList<IDisposable> Owned { get; init; }

    /// <summary>How the asking goes, in words; empty where nothing asks.</summary>
    public string Progress() => string.Join("; ", Asking.Where(m => m.Asked + m.FromJournal > 0).Select(m => string.Create(CultureInfo.InvariantCulture,
        $"{m.Name}: {m.Asked:N0} asked, {m.Answered:N0} answered{Part(m.FromJournal, "known")}{Part(m.Retried, "retried")}{Part(m.Throttled, "throttled")}{Part(m.Failed, "failed")}")));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in Owned)
        {
            owned.Dispose();
        }
    }

    private static string Part(long count, string what) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count:N0} {what}");
}
