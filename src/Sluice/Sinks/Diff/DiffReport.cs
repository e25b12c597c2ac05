namespace Sluice.Sinks.Diff;

/// <summary>What differs between two outputs: what <c>sluice diff</c> tells as text, as a page or as JSON.</summary>
internal sealed record DiffReport
{
    /// <summary>Whether both hold the same rows in the same order, each as often.</summary>
    public required bool Identical { get; init; }

    /// <summary>The first output.</summary>
    public required DiffSide Before { get; init; }

    /// <summary>The second output.</summary>
    public required DiffSide After { get; init; }

    /// <summary>Different rows in both.</summary>
    public required long Stayed { get; init; }

    /// <summary>Different rows in the second alone.</summary>
    public required long Entered { get; init; }

    /// <summary>Different rows in the first alone.</summary>
    public required long Left { get; init; }

    /// <summary>Chosen rows of the first whose id does not say which row they are in the other pool: compared with nothing.</summary>
    public required long DoubtfulBefore { get; init; }

    /// <summary>The same of the second.</summary>
    public required long DoubtfulAfter { get; init; }

    /// <summary>How the rows that stayed moved; null when none stayed.</summary>
    public required RankMoves? Ranks { get; init; }

    /// <summary>How the mix moved, a column each.</summary>
    public required IReadOnlyList<MixShift> Mix { get; init; }

    /// <summary>How scores moved, quality first.</summary>
    public required IReadOnlyList<ScoreShift> Scores { get; init; }

    /// <summary>What the runs were told differently.</summary>
    public required IReadOnlyList<DiffSetting> Settings { get; init; }

    /// <summary>Why the rows that entered were not in the first, most frequent first.</summary>
    public required IReadOnlyList<DiffReason> WhyEntered { get; init; }

    /// <summary>Why the rows that left are not in the second, most frequent first.</summary>
    public required IReadOnlyList<DiffReason> WhyLeft { get; init; }

    /// <summary>The first rows by rank that entered.</summary>
    public required IReadOnlyList<DiffRow> RowsEntered { get; init; }

    /// <summary>The first rows by rank that left.</summary>
    public required IReadOnlyList<DiffRow> RowsLeft { get; init; }

    /// <summary>What must be known to read the rest: repeated rows, inputs that differ, ids that do not tell rows apart. A sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
