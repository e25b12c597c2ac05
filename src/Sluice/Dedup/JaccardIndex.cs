namespace Sluice.Dedup;

/// <summary>The Jaccard index |A and B| / |A or B| of sorted distinct sets.</summary>
internal static class JaccardIndex
{
    /// <summary>The exact index; 0 when both sets are empty.</summary>
    public static double Compute(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b) => AtLeast(a, b, 0);

    /// <summary>The exact index when it reaches <paramref name="least"/>; else any smaller value (the merge stops as soon as it cannot).</summary>
    public static double AtLeast(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, double least)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return 0;
        }

        // With s common elements J = s / (|A| + |B| - s), so J >= t asks for s >= t (|A| + |B|) / (1 + t); one is taken off for rounding.
        int needed = (int)Math.Ceiling(least * (a.Length + (double)b.Length) / (1 + least)) - 1;
        int i = 0;
        int j = 0;
        int common = 0;
        while (i < a.Length && j < b.Length)
        {
            ulong x = a[i];
            ulong y = b[j];
            common += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
            if (common + Math.Min(a.Length - i, b.Length - j) < needed)
            {
                break;
            }
        }

        return common / ((double)a.Length + b.Length - common);
    }
}
