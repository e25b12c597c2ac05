using Sluice.Proportions;

namespace Sluice.Tests.Clp;

/// <summary>The optimum of a tiny bounded programme by trying every vertex.</summary>
internal static class VertexEnumeration
{
    /// <summary>The best objective, or null when no vertex is feasible.</summary>
    public static double? Best(LinearProgram program)
    {
        int n = program.Objective.Length;
        List<(double[] Row, double Value)> planes = [];
        for (int j = 0; j < n; j++)
        {
            double[] unit = new double[n];
            unit[j] = 1;
            planes.Add((unit, program.Lower[j]));
            planes.Add((unit, program.Upper[j]));
        }

        foreach (LinearConstraint constraint in program.Constraints)
        {
            double[] row = new double[n];
            for (int k = 0; k < constraint.Columns.Length; k++)
            {
                row[constraint.Columns[k]] = constraint.Values[k];
            }

            planes.Add((row, constraint.Lower));
            planes.Add((row, constraint.Upper));
        }

        planes.RemoveAll(p => !double.IsFinite(p.Value));
        double? best = null;
        foreach (int[] chosen in Combinations(planes.Count, n))
        {
            double[]? point = Solve([.. chosen.Select(c => planes[c])]);
            if (point is not null && Feasible(program, point))
            {
                double value = point.Zip(program.Objective, (x, c) => x * c).Sum();
                best = best is null ? value : Math.Max(best.Value, value);
            }
        }

        return best;
    }

    private static bool Feasible(LinearProgram program, double[] point)
    {
        const double slack = 1e-7;
        for (int j = 0; j < point.Length; j++)
        {
            if (point[j] < program.Lower[j] - slack || point[j] > program.Upper[j] + slack)
            {
                return false;
            }
        }

        return program.Constraints.All(c =>
        {
            double activity = c.Columns.Select((column, k) => c.Values[k] * point[column]).Sum();
            return activity >= c.Lower - slack && activity <= c.Upper + slack;
        });
    }

    private static double[]? Solve((double[] Row, double Value)[] planes)
    {
        int n = planes.Length;
        double[][] a = [.. planes.Select(p => p.Row.Append(p.Value).ToArray())];
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(r => Math.Abs(a[r][column]));
            if (Math.Abs(a[pivot][column]) < 1e-9)
            {
                return null;
            }

            (a[column], a[pivot]) = (a[pivot], a[column]);
            for (int row = 0; row < n; row++)
            {
                if (row != column)
                {
                    double factor = a[row][column] / a[column][column];
                    for (int k = column; k <= n; k++)
                    {
                        a[row][k] -= factor * a[column][k];
                    }
                }
            }
        }

        return [.. a.Select((row, i) => row[n] / row[i])];
    }

    private static IEnumerable<int[]> Combinations(int count, int size)
    {
        int[] chosen = [.. Enumerable.Range(0, size)];
        while (size <= count)
        {
            yield return chosen;
            int at = size - 1;
            while (at >= 0 && chosen[at] == count - size + at)
            {
                at--;
            }

            if (at < 0)
            {
                yield break;
            }

            chosen[at]++;
            for (int k = at + 1; k < size; k++)
            {
                chosen[k] = chosen[k - 1] + 1;
            }
        }
    }
}
