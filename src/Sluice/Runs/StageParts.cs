using Sluice.Inference;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>What stages are made of beside their options.</summary>
internal sealed record StageParts
{
    /// <summary>Where models and templates come from.</summary>
    public required ModelCatalog Catalog { get; init; }

    /// <summary>Reads answers computed elsewhere.</summary>
    public required ITableFiles Tables { get; init; }

    /// <summary>The clock of waits and timeouts.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Value of an environment variable, null when it is not set: keys come from there alone.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Folder that relative paths start from: the pipeline's.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Folder for scratch files; made only when rows flow.</summary>
    public required string Scratch { get; init; }

    /// <summary>Folder of the journals of answers, in the pool's; made only when something is asked.</summary>
    public required string Answers { get; init; }
}
