using Sluice.Proportions;

namespace Sluice.Clp;

/// <summary>
/// Solves linear programmes with COIN-OR CLP's dual simplex: silent, single-threaded, the same answer every time. Safe for use by many threads at once
/// (a model each). Values and duals are exact to about 1e-9.
/// </summary>
/// <remarks>
/// Signs, for the maximised objective: a positive dual means the constraint's upper limit is active, a negative one its lower limit; a positive
/// reduced cost means the variable's upper bound is active, a negative one its lower bound. Both are the change of the objective for one more unit of the limit,
/// so <c>sum(dual x active limit) + sum(reduced cost x active bound) = objective</c>.
/// </remarks>
public sealed class ClpSolver : ILinearSolver
{
    private const int Optimal = 0;
    private const int PrimalInfeasible = 1;
    private const int DualInfeasible = 2;

    private readonly ClpLibrary _library;

    /// <summary>Loads the library. Throws <see cref="DllNotFoundException"/> that names the places looked at and how to get it.</summary>
    /// <param name="libraryPath">The file <c>libClp.so.1</c>; empty (the default) to look beside the program, then where the system looks.</param>
    public ClpSolver(string libraryPath = "") => _library = new ClpLibrary(libraryPath);

    /// <inheritdoc/>
    /// <remarks>Throws <see cref="ArgumentException"/>, with every mistake, when the programme's arrays do not fit together.</remarks>
    public LinearSolution Solve(LinearProgram program)
    {
        ProgramCheck.Throw(program);
        if (Crossed(program))
        {
            return Without(SolveStatus.Infeasible);
        }

        ColumnMatrix matrix = ColumnMatrix.From(program);
        double[] rowLower = [.. program.Constraints.Select(c => c.Lower)];
        double[] rowUpper = [.. program.Constraints.Select(c => c.Upper)];

        // CLP's signs under a "maximise" switch changed between versions; minimising the negated objective means the same in all.
        double[] cost = Negated(program.Objective);
        using ClpModel model = new(_library);
        model.Load(matrix, cost, program.Lower, program.Upper, rowLower, rowUpper);
        switch (Decide(model))
        {
            case Optimal:
                double[] values = model.Values(cost.Length);
                double objective = 0;
                for (int j = 0; j < values.Length; j++)
                {
                    objective += program.Objective[j] * values[j];
                }

                return new LinearSolution(
                    SolveStatus.Optimal,
                    objective,
                    values,
                    Negated(model.RowDuals(rowLower.Length)),
                    Negated(model.ReducedCosts(cost.Length)));
            case PrimalInfeasible:
                return Without(SolveStatus.Infeasible);
            case DualInfeasible:
                return Without(Feasible(program, matrix, rowLower, rowUpper) ? SolveStatus.Unbounded : SolveStatus.Infeasible);
            case int status:
                throw new InvalidOperationException(
                    $"CLP gave up on a linear programme of {cost.Length} variables and {rowLower.Length} constraints: status {status}, secondary status {model.SecondaryStatus()}.");
        }
    }

    private static int Decide(ClpModel model)
    {
        int status = model.SolveDual();

        // The dual simplex may stall on a free direction; the primal then finishes from the same basis.
        return status is Optimal or PrimalInfeasible or DualInfeasible ? status : model.SolvePrimal();
    }

    // "Dual infeasible" leaves open whether any point exists; with no objective the answer is feasible or not.
    private bool Feasible(LinearProgram program, ColumnMatrix matrix, double[] rowLower, double[] rowUpper)
    {
        using ClpModel model = new(_library);
        model.Load(matrix, new double[program.Objective.Length], program.Lower, program.Upper, rowLower, rowUpper);
        return Decide(model) == Optimal;
    }

    private static bool Crossed(LinearProgram program)
    {
        for (int j = 0; j < program.Lower.Length; j++)
        {
            if (program.Lower[j] > program.Upper[j])
            {
                return true;
            }
        }

        return program.Constraints.Any(c => c.Lower > c.Upper);
    }

    private static LinearSolution Without(SolveStatus status) => new(status, double.NaN, [], [], []);

    private static double[] Negated(double[] values) => Array.ConvertAll(values, static v => v == 0 ? 0 : -v);
}
