namespace Sluice.Proportions;

/// <summary>Solves linear programmes. The only implementation binds COIN-OR CLP (<c>Sluice.Clp</c>).</summary>
public interface ILinearSolver
{
    /// <summary>Solves to proven optimality by the dual simplex. Throws <see cref="InvalidOperationException"/> with the library's status when it gives up.</summary>
    LinearSolution Solve(LinearProgram program);
}
