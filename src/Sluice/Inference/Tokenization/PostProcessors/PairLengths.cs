namespace Sluice.Inference.Tokenization.PostProcessors;

/// <summary>Longest-first truncation of a pair, both lengths computed at once.</summary>
internal static class PairLengths
{
    /// <summary>
    /// The lengths to keep of two texts so that both fit <paramref name="limit"/>: the shorter whole when it fits in half, otherwise halves, where the
    /// longer (the second of equals) gets the odd token.
    /// </summary>
    public static (int First, int Second) Cut(int first, int second, int limit)
    {
        if ((long)first + second <= limit)
        {
            return (first, second);
        }

        bool swapped = first > second;
        int shorter = Math.Min(first, second);
        int longer = shorter > limit ? shorter : Math.Max(shorter, limit - shorter);
        if ((long)shorter + longer > limit)
        {
            shorter = limit / 2;
            longer = shorter + (limit % 2);
        }

        return swapped ? (longer, shorter) : (shorter, longer);
    }
}
