using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>What one round of annotating is to do.</summary>
/// <param name="Files">The inputs, in reading order: those of earlier rounds of the session may be left out, new ones follow what the pool has.</param>
/// <param name="Planned">Called once the pool has taken the plan, so that a run that is refused changes nothing.</param>
internal sealed record AnnotateRound(IReadOnlyList<SourceFile> Files, Action Planned)
{
    /// <summary>Told each batch that the pool has taken, and its file, before its memory is given back. Default null: nobody asks.</summary>
    public Action<PlannedFile, RowBatch>? Taken { get; init; }

    /// <summary>Whether rows are read; without, the pool is only planned and brought up to its models. Default true.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Whether it is given up when too large a share of rows is rejected (<c>Flow:MaxRejectShare</c>). Default true.</summary>
    public bool GuardsRejects { get; init; } = true;
}
