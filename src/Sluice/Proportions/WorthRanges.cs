namespace Sluice.Proportions;

/// <summary>Objective ranging by solving again: as one worth moves, the best objective is a convex line of pieces, and the answer stays best along its own piece.</summary>
internal static class WorthRanges
{
    // Worths are around 1; one this many times larger decides everything alone.
    private const double Overwhelming = 1000;

    /// <summary>A range for every category.</summary>
    public static IReadOnlyList<WorthRange> Of(ProportionProgram program, ProportionAnswer answer, ILinearSolver solver)
    {
        double reach = Overwhelming * (1 + program.Worth.Max(Math.Abs));
        double[] most = program.Plain().Upper;
        return [.. Enumerable.Range(0, program.Size).Select(j => most[j] <= 0 || Empty(program, j, most) ? default : Of(program, answer, solver, j, reach))];
    }

    private static WorthRange Of(ProportionProgram program, ProportionAnswer answer, ILinearSolver solver, int category, double reach)
    {
        double worth = program.Worth[category];

        // Minus the objective, so that it is concave.
        Tangent Best(double moved)
        {
            double[] worths = [.. program.Worth];
            worths[category] = moved;
            LinearSolution solution = solver.Solve(program.Plain(worths));
            return new Tangent(moved, -solution.Objective, -solution.Values[category]);
        }

        Tangent line = new(worth, -answer.Objective, -answer.Weights[category]);
        double from = ConcavePiece.End(Best, line, worth - reach);
        double to = ConcavePiece.End(Best, line, worth + reach);
        return new WorthRange(from == worth - reach ? null : from, to == worth + reach ? null : to);
    }

    // Without rows a category's worth is of no account.
    private static bool Empty(ProportionProgram program, int category, double[] most) =>
        program.FirstCell > 0 && !Enumerable.Range(0, program.CellCount).Any(c => program.CategoryOf(c) == category && most[program.FirstCell + c] > 0);
}
