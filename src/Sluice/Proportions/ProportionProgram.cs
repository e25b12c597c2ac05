namespace Sluice.Proportions;

/// <summary>
/// A problem as linear programmes. Variables: the shares w; where groups name further axes, a share for every cell, with <c>w = sum of its cells</c>; where the shift is
/// limited, changes up and down, with <c>w = alpha + up - down</c>.
/// </summary>
internal sealed class ProportionProgram
{
    // Limits that meet in one point may cross by the rounding of a sum.
    private const double Touching = 1e-9;

    private readonly ProportionProblem _problem;
    private readonly int _columns;
    private readonly LinearConstraint[] _own;

    /// <summary>Lays the problem out.</summary>
    public ProportionProgram(ProportionProblem problem, double[] alpha, double[] worth)
    {
        _problem = problem;
        Alpha = alpha;
        Worth = worth;
        Limits = ShareLimits.Of(problem, alpha);
        _columns = Size + problem.Cells.Count + (problem.Shift is null ? 0 : 2 * Size);
        _own = [.. Own()];
    }

    /// <summary>Importance of each category, summing to 1.</summary>
    public double[] Alpha { get; }

    /// <summary>What one unit of each category's share adds to the objective.</summary>
    public double[] Worth { get; }

    /// <summary>Every limit.</summary>
    public IReadOnlyList<ShareLimit> Limits { get; }

    /// <summary>How many categories there are.</summary>
    public int Size => Alpha.Length;

    /// <summary>First variable that stands for rows: a cell, or a share where there are no cells.</summary>
    public int FirstCell => _problem.Cells.Count > 0 ? Size : 0;

    /// <summary>How many such variables there are.</summary>
    public int CellCount => _problem.Cells.Count > 0 ? _problem.Cells.Count : Size;

    /// <summary>Category of a cell.</summary>
    public int CategoryOf(int cell) => _problem.Cells.Count > 0 ? _problem.Cells[cell].Category : cell;

    /// <summary>The programme itself. Rows of the user's carry their name, both limits of a group in one row; others have an empty name.</summary>
    public LinearProgram Plain() => Plain(Worth);

    /// <summary>The programme with other worths.</summary>
    public LinearProgram Plain(double[] worth)
    {
        List<LinearConstraint> rows = [];
        foreach (IGrouping<string, ShareLimit> sides in Limits.Where(limit => !limit.Sides[0].IsBound).GroupBy(limit => limit.Name, StringComparer.Ordinal))
        {
            LimitSide any = sides.First().Sides[0];
            rows.Add(new LinearConstraint(
                sides.Key,
                any.Columns,
                any.Values,
                sides.FirstOrDefault(limit => !limit.IsUpper) is { } least ? least.Sides[0].At(least.Value) : double.NegativeInfinity,
                sides.FirstOrDefault(limit => limit.IsUpper) is { } most ? most.Sides[0].At(most.Value) : double.PositiveInfinity));
        }

        return Write(worth, Limits.Where(limit => limit.Sides[0].IsBound), rows, []);
    }

    /// <summary>The programme with one limit at another value; its rows, one a side, stand last.</summary>
    public LinearProgram With(ShareLimit limit, double value) => Write(Worth, Limits.Where(other => other != limit), limit.Sides.Select(side => side.Row(value)), []);

    /// <summary>
    /// Given limits may be broken, at a price: maximises minus the sum of cost times how far each number is loosened. The loosenings are the last variables, in the order
    /// given; their rows, one a side, stand last.
    /// </summary>
    public LinearProgram Loosened(IReadOnlyList<ShareLimit> loose, Func<ShareLimit, double> cost) =>
        Write([], Limits.Except(loose), Slack(loose), [.. loose.Select(limit => new Extra(-cost(limit), 0, double.PositiveInfinity))]);

    /// <summary>How far a limit can be tightened: the last variable, from 0 down; the objective is minus that variable.</summary>
    public LinearProgram Tightened(ShareLimit limit) =>
        Write([], Limits.Where(other => other != limit), Slack([limit]), [new Extra(-1, Math.Min(0, -Math.Abs(limit.Tightest - limit.Value)), 0)]);

    private IEnumerable<LinearConstraint> Slack(IReadOnlyList<ShareLimit> loose) => loose.SelectMany((limit, i) => limit.Sides.Select(side => side.Row(limit.Value) with
    {
        Columns = [.. side.Columns, _columns + i],
        Values = [.. side.Values, -side.Factor * limit.Looser],
    }));

    private LinearProgram Write(double[] worth, IEnumerable<ShareLimit> limits, IEnumerable<LinearConstraint> last, IReadOnlyList<Extra> extras)
    {
        double[] objective = new double[_columns + extras.Count];
        worth.CopyTo(objective, 0);
        double[] lower = new double[objective.Length];
        double[] upper = [.. Enumerable.Repeat(1.0, objective.Length)];
        List<LinearConstraint> rows = [new("total", [.. Enumerable.Range(0, Size)], [.. Enumerable.Repeat(1.0, Size)], 1, 1), .. _own];
        foreach ((ShareLimit limit, LimitSide side) in limits.SelectMany(limit => limit.Sides.Select(side => (limit, side))))
        {
            double at = side.At(limit.Value);
            if (!side.IsBound)
            {
                rows.Add(side.Row(limit.Value));
            }
            else if (side.IsUpper)
            {
                upper[side.Columns[0]] = Math.Min(upper[side.Columns[0]], at);
            }
            else
            {
                lower[side.Columns[0]] = Math.Max(lower[side.Columns[0]], at);
            }
        }

        for (int j = 0; j < _columns; j++)
        {
            lower[j] = lower[j] - upper[j] is > 0 and < Touching ? upper[j] : lower[j];
        }

        for (int i = 0; i < extras.Count; i++)
        {
            (objective[_columns + i], lower[_columns + i], upper[_columns + i]) = extras[i];
        }

        rows.AddRange(last);
        return new LinearProgram(objective, lower, upper, rows);
    }

    // What ties the variables together, whatever the limits.
    private IEnumerable<LinearConstraint> Own()
    {
        int cells = _problem.Cells.Count;
        if (cells > 0)
        {
            for (int j = 0; j < Size; j++)
            {
                int[] own = [.. Enumerable.Range(0, cells).Where(c => _problem.Cells[c].Category == j).Select(c => Size + c)];
                yield return new LinearConstraint("", [j, .. own], [1, .. Enumerable.Repeat(-1.0, own.Length)], 0, 0);
            }
        }

        for (int j = 0; j < Size && _problem.Shift is not null; j++)
        {
            yield return new LinearConstraint("", [j, Size + cells + j, (2 * Size) + cells + j], [1, -1, 1], Alpha[j], Alpha[j]);
        }
    }

    private readonly record struct Extra(double Objective, double Lower, double Upper);
}
