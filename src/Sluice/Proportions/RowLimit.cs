namespace Sluice.Proportions;

/// <summary>Limits of a sum of whole rows.</summary>
/// <param name="Cells">0-based cells, distinct.</param>
/// <param name="Min">Fewest rows.</param>
/// <param name="Max">Most rows.</param>
internal sealed record RowLimit(int[] Cells, int Min, int Max)
{
    private const double Noise = 1e-6;

    /// <summary>Rows too few or too many.</summary>
    public int Broken(ReadOnlySpan<int> counts)
    {
        int sum = 0;
        foreach (int cell in Cells)
        {
            sum += counts[cell];
        }

        return Math.Max(0, Math.Max(Min - sum, sum - Max));
    }

    /// <summary>
    /// The limits of a problem that whole rows are to keep: bounds, counts and groups. How far shares move is measured on the shares themselves, which rows round by less than
    /// one each.
    /// </summary>
    public static IReadOnlyList<RowLimit> Of(ProportionProblem problem, double[] alpha)
    {
        int size = problem.Categories.Count;
        int cells = problem.Cells.Count;
        List<RowLimit> rows = [];
        foreach (ShareLimit limit in ShareLimits.Of(problem, alpha))
        {
            if (limit.Kind is LimitKind.Shift or LimitKind.MaxChange or LimitKind.MaxRelativeChange or LimitKind.Rows)
            {
                continue;
            }

            LimitSide side = limit.Sides[0];
            double at = side.At(limit.Value) * problem.Count;
            int[] own = [.. side.Columns.SelectMany(column => Cells(column))];
            rows.Add(limit.IsUpper ? new RowLimit(own, 0, (int)Math.Min(problem.Count, Math.Floor(at + Noise))) : new RowLimit(own, (int)Math.Ceiling(at - Noise), problem.Count));
        }

        return rows;

        IEnumerable<int> Cells(int column) =>
            column >= size ? [column - size]
            : cells == 0 ? [column]
            : Enumerable.Range(0, cells).Where(cell => problem.Cells[cell].Category == column);
    }
}
