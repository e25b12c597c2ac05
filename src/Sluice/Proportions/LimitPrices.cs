namespace Sluice.Proportions;

/// <summary>
/// Right-hand-side ranging by solving again: for each limit that binds, the objective as its number moves is a concave line of pieces, whose piece at the limit is found exactly.
/// Unlike a basis' duals this is right at kinks, where several limits meet: the price is that of loosening this one alone.
/// </summary>
internal static class LimitPrices
{
    private const double Touching = 1e-9;
    private const double Nothing = 1e-9;

    /// <summary>A price for every limit, in the order of the programme.</summary>
    public static IReadOnlyList<LimitPrice> Of(ProportionProgram program, ProportionAnswer answer, ILinearSolver solver) =>
        [.. program.Limits.Select(limit => Of(program, limit, answer, solver))];

    private static LimitPrice Of(ProportionProgram program, ShareLimit limit, ProportionAnswer answer, ILinearSolver solver)
    {
        double begins = Begins(limit, answer.Values);
        if ((limit.Value - begins) * limit.Looser > Touching / Unit(limit))
        {
            return new LimitPrice(limit, false, 0, begins, null);
        }

        if (!MayGain(limit, answer))
        {
            return new LimitPrice(limit, true, 0, limit.Value, null);
        }

        // Measured in loosening: 0 at the limit, above 0 with more room.
        Tangent Objective(double loosening)
        {
            LinearSolution solution = solver.Solve(program.With(limit, limit.Value + (limit.Looser * loosening)));
            if (solution.Status != SolveStatus.Optimal)
            {
                throw new InvalidOperationException($"The proportions ended {solution.Status} with {limit} moved by {loosening}, where an answer was proven to exist. This is a bug.");
            }

            double slope = 0;
            for (int i = 0; i < limit.Sides.Count; i++)
            {
                slope += solution.Duals[^(limit.Sides.Count - i)] * limit.Sides[i].Factor * limit.Looser;
            }

            return new Tangent(loosening, solution.Objective, slope);
        }

        Tangent line = Objective(0);
        double room = Math.Abs(limit.Loosest - limit.Value);
        line = room > 0 ? ConcavePiece.Ahead(Objective, line, room) : line with { Slope = 0 };
        if (line.Slope < Nothing * Unit(limit))
        {
            return new LimitPrice(limit, true, 0, limit.Value, null);
        }

        double tightest = Number(limit, ConcavePiece.End(Objective, line, Tightest(program, limit, solver)));
        return new LimitPrice(limit, true, line.Slope, tightest, Number(limit, ConcavePiece.End(Objective, line, room)));
    }

    // Loosening gains the least of what any optimal set of prices says; a price of none in one of them settles it.
    private static bool MayGain(ShareLimit limit, ProportionAnswer answer)
    {
        double price = 0;
        foreach (LimitSide side in limit.Sides)
        {
            double dual = side.IsBound ? answer.BoundPrices[side.Columns[0]] : answer.Duals[limit.Name];
            price += Math.Max(0, side.IsUpper ? dual : -dual) * Math.Abs(side.IsBound ? side.Factor : 1);
        }

        return price > Nothing * Unit(limit);
    }

    private static double Number(ShareLimit limit, double loosening) =>
        Math.Clamp(limit.Value + (limit.Looser * loosening), Math.Min(limit.Tightest, limit.Loosest), Math.Max(limit.Tightest, limit.Loosest));

    // Part of the result in one unit of the limit: prices and distances of rows are that much smaller.
    private static double Unit(ShareLimit limit) => limit.CountsRows ? Math.Abs(limit.Sides[0].Factor) : 1;

    // How far the limit can be tightened at all: 0 or less.
    private static double Tightest(ProportionProgram program, ShareLimit limit, ILinearSolver solver)
    {
        LinearSolution solution = solver.Solve(program.Tightened(limit));
        return solution.Status == SolveStatus.Optimal ? Math.Min(0, solution.Values[^1]) : 0;
    }

    // The number at which the limit would just bind at a point.
    private static double Begins(ShareLimit limit, double[] values)
    {
        double begins = limit.Tightest;
        foreach (LimitSide side in limit.Sides.Where(side => side.Factor != 0))
        {
            double at = (side.Activity(values) - side.Constant) / side.Factor;
            begins = limit.IsUpper ? Math.Max(begins, at) : Math.Min(begins, at);
        }

        return begins;
    }
}
