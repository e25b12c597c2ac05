namespace Sluice.Proportions;

/// <summary>
/// Finds pieces of a concave, piecewise linear function that is known only point by point, each with a tangent: the value of a linear programme as one number moves. Two
/// tangents meet on the function exactly where a piece ends (Eisner and Severance, J. ACM 23, 1976), so every piece is found exactly in a few evaluations.
/// </summary>
internal static class ConcavePiece
{
    // Values of a linear programme carry noise of about 1e-12.
    private const double Noise = 1e-10;

    // Far more than any programme of shares has pieces along one line.
    private const int Most = 200;

    /// <summary>The line of the piece that begins at <paramref name="here"/> and goes towards <paramref name="end"/>; at a kink the tangent there may be of neither side.</summary>
    public static Tangent Ahead(Func<double, Tangent> function, Tangent here, double end)
    {
        Tangent far = function(end);
        for (int i = 0; i < Most && far.On(here.At) > here.Value + Small(here); i++)
        {
            double meet = here.Meet(far);
            Tangent middle = function(meet);
            if (middle.Value >= here.On(meet) - Small(here))
            {
                // On the tangent for a whole stretch, unless they meet at once.
                return Math.Abs(meet - here.At) > Noise ? here : here with { Slope = far.Slope };
            }

            far = middle;
        }

        return here with { Slope = far.Slope };
    }

    /// <summary>How far the function stays on a line that touches it, towards <paramref name="end"/>.</summary>
    public static double End(Func<double, Tangent> function, Tangent line, double end)
    {
        if (end == line.At)
        {
            return end;
        }

        Tangent far = function(end);
        double meet = end;
        for (int i = 0; i < Most && far.Value < line.On(far.At) - Small(line); i++)
        {
            meet = line.Meet(far);
            if (meet == far.At)
            {
                break;
            }

            far = function(meet);
        }

        return meet;
    }

    private static double Small(Tangent line) => Noise * (1 + Math.Abs(line.Value));
}
