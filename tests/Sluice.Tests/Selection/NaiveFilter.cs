using Sluice.Selection;

namespace Sluice.Tests.Selection;

/// <summary>Deita's <c>filter/base.py</c>, line by line in plain scalar arithmetic: one batch after the other against everything kept and against itself.</summary>
internal static class NaiveFilter
{
    public static (int[] Kept, int[] Blockers) Run(IVectorRows rows, double limit, int count, int batch, bool manhattan)
    {
        List<int> kept = [0];
        int[] blockers = new int[rows.Count];
        blockers[0] = -1;
        for (int from = 1; from < rows.Count && (count < 0 || kept.Count < count); from += batch)
        {
            int[] before = [.. kept];
            for (int row = from; row < Math.Min(rows.Count, from + batch); row++)
            {
                // Kept rows outside the batch, then every earlier one inside it.
                int[] against = [.. before, .. Enumerable.Range(from, row - from)];
                int at = Array.FindIndex(against, other => Measure(rows.Row(row), rows.Row(other), manhattan) > (float)limit);
                blockers[row] = at < 0 ? -1 : against[at];
                if (at < 0)
                {
                    kept.Add(row);
                }
            }
        }

        return ([.. count < 0 ? kept : kept.Take(count)], blockers);
    }

    /// <summary>NaN for a vector of zeros, as in the reference.</summary>
    public static float Measure(ReadOnlySpan<float> x, ReadOnlySpan<float> y, bool manhattan)
    {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int k = 0; k < x.Length; k++)
        {
            xx += (double)x[k] * x[k];
            yy += (double)y[k] * y[k];
            xy += (double)x[k] * y[k];
        }

        if (!manhattan)
        {
            return (float)(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)));
        }

        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            sum += Math.Abs((x[k] / Math.Sqrt(xx)) - (y[k] / Math.Sqrt(yy)));
        }

        return (float)sum;
    }
}
