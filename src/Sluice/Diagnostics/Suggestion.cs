namespace Sluice.Diagnostics;

/// <summary>Finds what a mistyped name probably meant.</summary>
internal static class Suggestion
{
    /// <summary>A sentence such as <c> Did you mean 'Column'?</c> with a leading blank, or empty when nothing is near.</summary>
    public static string DidYouMean(string found, IEnumerable<string> known)
    {
        string? closest = Closest(found, known);
        return closest is null ? "" : $" Did you mean '{closest}'?";
    }

    /// <summary>The nearest known name by edit distance (case ignored), at most a third of its length away; null when none is.</summary>
    public static string? Closest(string found, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(found.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance && distance <= Math.Max(2, candidate.Length / 3))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    // Damerau's restricted distance: swapped neighbours count once, as fingers swap them.
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
