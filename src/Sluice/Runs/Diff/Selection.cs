namespace Sluice.Runs.Diff;

/// <summary>The chosen rows of an output, each once, in the order of their first rank: about 60 bytes a row and 8 more a score.</summary>
internal sealed class Selection
{
    /// <summary>Key of each row (<see cref="RowKeys"/>).</summary>
    public required long[] Keys { get; init; }

    /// <summary>First rank of each row.</summary>
    public required int[] Ranks { get; init; }

    /// <summary>Category of each row, null where it has none; empty when the pool has no such column.</summary>
    public required string?[] Categories { get; init; }

    /// <summary>Scores by column, a row each; NaN where absent.</summary>
    public required IReadOnlyDictionary<string, double[]> Scores { get; init; }

    /// <summary>Key to the row's place in the lists above.</summary>
    public required IReadOnlyDictionary<long, int> Places { get; init; }

    /// <summary>Keys that name several pool rows, so that they do not tell rows apart.</summary>
    public required IReadOnlySet<long> Collided { get; init; }

    /// <summary>Lines written: more than rows where rows repeat.</summary>
    public required long Lines { get; init; }

    /// <summary>Digest of all ids in the order written, repeats included.</summary>
    public required string Order { get; init; }
}
