namespace Sluice.Sinks.Diff;

/// <summary>How the mix of the chosen rows moved, by one column.</summary>
/// <param name="Column">The column, <c>category</c> or <c>source</c>.</param>
/// <param name="Shares">Its values, the largest movement first.</param>
internal sealed record MixShift(string Column, IReadOnlyList<MixShare> Shares)
{
    /// <summary>Half the sum of all movements, 0 to 1: the part of the rows that would have to change their value.</summary>
    public double TotalVariation => Shares.Sum(s => Math.Abs(s.ShareAfter - s.ShareBefore)) / 2;

    /// <summary>Compares how often each value occurs; a side without rows has shares of 0.</summary>
    /// <param name="column">The column.</param>
    /// <param name="before">Value to rows in the first output.</param>
    /// <param name="after">Value to rows in the second.</param>
    public static MixShift Of(string column, IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after)
    {
        double wholeBefore = Math.Max(1, before.Values.Sum());
        double wholeAfter = Math.Max(1, after.Values.Sum());
        return new MixShift(column, [.. before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(name => new MixShare(
                name, before.GetValueOrDefault(name), after.GetValueOrDefault(name), before.GetValueOrDefault(name) / wholeBefore, after.GetValueOrDefault(name) / wholeAfter))
            .OrderByDescending(s => Math.Abs(s.Points)).ThenByDescending(s => s.After).ThenBy(s => s.Name, StringComparer.Ordinal)]);
    }
}
