using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.Selection.Iterative;

namespace Sluice.Recipes.Iteration;

/// <summary>Where an iteration stands after an epoch's selection. Rows are known by their place among the rows that take part, in row order.</summary>
internal sealed record IterationState
{
    /// <summary>The options.</summary>
    public required IterationSettings Settings { get; init; }

    /// <summary>The pool's folder when the iteration began.</summary>
    public required string Pool { get; init; }

    /// <summary>SHA-256 of the pool's rows.</summary>
    public required string Identity { get; init; }

    /// <summary>0-based epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>The pool rows that take part, ascending.</summary>
    public required long[] Rows { get; init; }

    /// <summary>The current order.</summary>
    public required int[] Order { get; init; }

    /// <summary>Each row's latest score; NaN for none.</summary>
    public required double[] Scores { get; init; }

    /// <summary>The epoch of each row's latest score.</summary>
    public required int[] ScoredIn { get; init; }

    /// <summary>The picked rows with what they were worth.</summary>
    public required IReadOnlyList<GreedyPick> Picks { get; init; }

    /// <summary>Rows picked: fewer than wanted where fewer are eligible.</summary>
    public int Picked => Picks.Count;

    /// <summary>Rows of the window that were not eligible.</summary>
    public required int Ineligible { get; init; }

    /// <summary>Those of them without a score.</summary>
    public required int Unscored { get; init; }

    /// <summary>SHA-256 of the scores that the iteration began with.</summary>
    public required string FirstScores { get; init; }

    /// <summary>SHA-256 of the scores that made this epoch.</summary>
    public required string Applied { get; init; }

    /// <summary>The pool rows to score again for the next epoch, in order.</summary>
    public long[] Window => [.. Order.Take(Settings.Window(Rows.Length)).Select(at => Rows[at])];

    /// <summary>SHA-256 of scores in an order that both sides know.</summary>
    public static string Digest(ReadOnlySpan<double> scores) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(scores)));
}
