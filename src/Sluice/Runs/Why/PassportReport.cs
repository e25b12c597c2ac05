namespace Sluice.Runs.Why;

/// <summary>Everything known of one row.</summary>
internal sealed record PassportReport
{
    /// <summary>Its id, <c>file#number</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its 0-based row in the pool; null for one that was rejected.</summary>
    public required long? Row { get; init; }

    /// <summary><c>selected</c>, <c>dropped</c>, <c>duplicate</c>, <c>rejected</c>, or <c>annotated</c> where no output tells more.</summary>
    public required string Fate { get; init; }

    /// <summary>The file it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>Where in it: a byte of the decompressed file, or a row of a Parquet file.</summary>
    public required long Offset { get; init; }

    /// <summary>Whether <see cref="Offset"/> is a Parquet row.</summary>
    public required bool IsParquet { get; init; }

    /// <summary>The user's label of its source; null for none.</summary>
    public required string? Label { get; init; }

    /// <summary>Whether it was rejected at first, mended and fed back in.</summary>
    public bool Replayed { get; init; }

    /// <summary>Why it was rejected; null when it was not.</summary>
    public RowReject? Rejected { get; init; }

    /// <summary>The earlier row it repeats; null when it repeats none.</summary>
    public RowRepeat? Repeats { get; init; }

    /// <summary>Whether the pool tells repeats at all.</summary>
    public bool KnowsRepeats { get; init; }

    /// <summary>What models say, a column each.</summary>
    public IReadOnlyList<RowScore> Scores { get; init; } = [];

    /// <summary>What the recipe decided; null without an output, and for rows it was never offered.</summary>
    public RowDecision? Decision { get; init; }

    /// <summary>The row as it was read; of bytes that are no UTF-8, base64.</summary>
    public required string Text { get; init; }
}
