namespace Sluice.Proportions;

/// <summary>A line that touches a concave function at a point.</summary>
/// <param name="At">The point.</param>
/// <param name="Value">The function there.</param>
/// <param name="Slope">The line's slope.</param>
internal readonly record struct Tangent(double At, double Value, double Slope)
{
    // Slopes are prices of a linear programme, exact to about 1e-9.
    private const double Parallel = 1e-11;

    /// <summary>The line's value elsewhere.</summary>
    public double On(double point) => Value + (Slope * (point - At));

    /// <summary>Where two lines meet, between the points they touch at; the other's point when they are parallel.</summary>
    public double Meet(Tangent other)
    {
        double turn = Slope - other.Slope;
        return Math.Abs(turn) < Parallel
            ? other.At
            : Math.Clamp(At + ((other.On(At) - Value) / turn), Math.Min(At, other.At), Math.Max(At, other.At));
    }
}
