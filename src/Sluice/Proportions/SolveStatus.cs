namespace Sluice.Proportions;

/// <summary>How a linear programme ended.</summary>
public enum SolveStatus
{
    /// <summary>A proven optimum.</summary>
    Optimal,

    /// <summary>No point satisfies all constraints.</summary>
    Infeasible,

    /// <summary>The objective grows without limit.</summary>
    Unbounded,
}
