using Sluice.Records;

namespace Sluice.Recipes.Steps;

/// <summary>Orders rows by a column.</summary>
internal static class RowRanking
{
    /// <summary>The rows with the highest values first; absent values (NaN) last, with those of minus infinity. Rows of equal values follow each other by number.</summary>
    /// <param name="rows">Pool rows.</param>
    /// <param name="values">A value each pool row.</param>
    /// <param name="highestRowFirst">Whether of rows with equal values the highest comes first; else the lowest does.</param>
    public static long[] Descending(IReadOnlyList<long> rows, double[] values, bool highestRowFirst)
    {
        ulong[] keys = new ulong[rows.Count];
        long[] ranked = new long[rows.Count];
        for (int i = 0; i < ranked.Length; i++)
        {
            ranked[i] = rows[i];
            keys[i] = DescendingKeys.Of(values[ranked[i]]);
        }

        Array.Sort(keys, ranked);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            if (end - start > 1)
            {
                Array.Sort(ranked, start, end - start);
                if (highestRowFirst)
                {
                    Array.Reverse(ranked, start, end - start);
                }
            }
        }

        return ranked;
    }
}
