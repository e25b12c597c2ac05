namespace Sluice.Proportions;

/// <summary>A change of one limit.</summary>
/// <param name="Name">The limit in the user's words.</param>
/// <param name="From">Its value.</param>
/// <param name="To">The value that is needed.</param>
/// <param name="Limit">The limit itself.</param>
internal sealed record Relaxation(string Name, double From, double To, ShareLimit Limit)
{
    private const double Step = 1e-6;

    /// <summary>The value to set: <see cref="To"/> rounded so that it still does, to six decimals or whole rows.</summary>
    public double Enough
    {
        get
        {
            double step = Limit.CountsRows ? 1 : Step;
            double steps = To / step;
            double near = Math.Round(steps);
            return Math.Round((Math.Abs(steps - near) < 1e-3 ? near : Limit.IsUpper ? Math.Ceiling(steps) : Math.Floor(steps)) * step, 6);
        }
    }
}
