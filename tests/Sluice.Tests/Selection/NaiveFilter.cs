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

    /// <summary>Of the vectors at length one in single precision, as the reference takes them; NaN for a vector of zeros.</summary>
    public static float Measure(ReadOnlySpan<float> x, ReadOnlySpan<float> y, bool manhattan)
    {
        double xScale = 1 / Length(x);
        double yScale = 1 / Length(y);
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            float a = (float)(x[k] * xScale);
            float b = (float)(y[k] * yScale);
            sum += manhattan ? Math.Abs((double)a - b) : (double)a * b;
        }

        return (float)(manhattan ? sum : Math.Min(1, sum));
    }

    private static double Length(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
