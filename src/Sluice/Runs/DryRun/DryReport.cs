namespace Sluice.Runs.DryRun;

/// <summary>What a dry run found.</summary>
internal sealed record DryReport
{
    /// <summary>The folder that holds its work and output.</summary>
    public required string Folder { get; init; }

    /// <summary>Rows asked for.</summary>
    public required long Limit { get; init; }

    /// <summary>Whether these were all rows of the input.</summary>
    public required bool IsAll { get; init; }

    /// <summary>The annotate half.</summary>
    public required AnnotateReport Annotate { get; init; }

    /// <summary>The select half; null when the recipe could not be carried out on so few rows.</summary>
    public required SelectReport? Select { get; init; }

    /// <summary>Why the recipe could not be carried out; null when it was.</summary>
    public required string? Failed { get; init; }

    /// <summary>What was not or could not be tried at that size, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
