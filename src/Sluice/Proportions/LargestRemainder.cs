namespace Sluice.Proportions;

/// <summary>Rounds shares to whole rows that add up exactly (Hamilton's method of apportionment).</summary>
internal static class LargestRemainder
{
    // Shares from a solver carry noise of about 1e-12, which must not decide a tie.
    private const double Noise = 1e-9;

    /// <summary>
    /// Each category gets its share of <paramref name="count"/> rounded down; the rows left go to the largest remainders, lowest index on ties, and where a category is out of
    /// rows to the next ones. Throws <see cref="ArgumentException"/> when all rows available are fewer than the count.
    /// </summary>
    /// <param name="shares">Shares, 0 or more, summing to 1.</param>
    /// <param name="count">Rows in all.</param>
    /// <param name="available">Rows of each category there are; empty for no limit.</param>
    public static int[] Round(ReadOnlySpan<double> shares, int count, ReadOnlySpan<int> available)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] most = available.IsEmpty ? [.. Enumerable.Repeat(count, shares.Length)] : available.ToArray();
        if (most.Sum(rows => (long)rows) < count)
        {
            throw new ArgumentException($"Found {most.Sum(rows => (long)rows)} rows available, expected at least the {count} asked for.", nameof(available));
        }

        int[] rows = new int[shares.Length];
        double[] remainder = new double[shares.Length];
        int left = count;
        for (int j = 0; j < rows.Length; j++)
        {
            double wanted = Math.Max(0, shares[j]) * count;
            rows[j] = (int)Math.Min(most[j], Math.Floor(wanted + Noise));
            remainder[j] = Math.Round((wanted - rows[j]) / Noise) * Noise;
            left -= rows[j];
        }

        // Noise may have lifted one floor too many.
        for (; left < 0; left++)
        {
            int smallest = Best(rows.Length, j => rows[j] > 0, j => -remainder[j]);
            rows[smallest]--;
            remainder[smallest]++;
        }

        for (; left > 0; left--)
        {
            int largest = Best(rows.Length, j => rows[j] < most[j], j => remainder[j]);
            rows[largest]++;
            remainder[largest]--;
        }

        return rows;
    }

    private static int Best(int size, Func<int, bool> allowed, Func<int, double> value)
    {
        int best = -1;
        for (int j = 0; j < size; j++)
        {
            if (allowed(j) && (best < 0 || value(j) > value(best)))
            {
                best = j;
            }
        }

        return best;
    }
}
