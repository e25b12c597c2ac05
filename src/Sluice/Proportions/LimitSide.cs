namespace Sluice.Proportions;

/// <summary>
/// One inequality of a <see cref="ShareLimit"/>: <c>sum Values[k] * x[Columns[k]]</c> is at most (or at least) <c>Constant + Factor * v</c>, v being the number the user set.
/// </summary>
/// <param name="Place">The category (or cell) it holds for, for messages; empty when it holds for all together.</param>
/// <param name="Columns">Variables of the programme, distinct.</param>
/// <param name="Values">Their coefficients.</param>
/// <param name="Constant">Part of the limit that the user's number does not move.</param>
/// <param name="Factor">How far one unit of the user's number moves the limit.</param>
/// <param name="IsUpper">Whether the sum may be at most the limit, not at least.</param>
internal sealed record LimitSide(string Place, int[] Columns, double[] Values, double Constant, double Factor, bool IsUpper)
{
    /// <summary>Whether it bounds one variable itself, so that no row of the programme is needed.</summary>
    public bool IsBound => Place.Length > 0;

    /// <summary>The limit when the user's number is <paramref name="value"/>.</summary>
    public double At(double value) => Constant + (Factor * value);

    /// <summary>As a row of a programme.</summary>
    public LinearConstraint Row(double value) => new("", Columns, Values, IsUpper ? double.NegativeInfinity : At(value), IsUpper ? At(value) : double.PositiveInfinity);

    /// <summary>The sum at a point.</summary>
    public double Activity(ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (int k = 0; k < Columns.Length; k++)
        {
            sum += Values[k] * point[Columns[k]];
        }

        return sum;
    }
}
