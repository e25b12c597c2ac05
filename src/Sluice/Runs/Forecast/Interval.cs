namespace Sluice.Runs.Forecast;

/// <summary>A figure that is not known exactly: the best guess and the range in which the real one is expected 19 times out of 20.</summary>
/// <param name="Estimate">The best guess.</param>
/// <param name="From">Lower end.</param>
/// <param name="To">Upper end.</param>
internal readonly record struct Interval(double Estimate, double From, double To)
{
    /// <summary>Whether the figure is known.</summary>
    public bool IsExact => From == To;

    /// <summary>A known figure.</summary>
    public static Interval Exact(double value) => new(value, value, value);

    /// <summary>A figure with its relative uncertainty: 0.1 below and 0.2 above give 90 % to 120 %.</summary>
    public static Interval Around(double value, double below, double above) => new(value, value * Math.Max(0, 1 - below), value * (1 + above));

    /// <summary>The sum, as if both erred to the same side.</summary>
    public static Interval operator +(Interval a, Interval b) => new(a.Estimate + b.Estimate, a.From + b.From, a.To + b.To);

    /// <summary>The product of two figures that are not negative, as if both erred to the same side.</summary>
    public static Interval operator *(Interval a, Interval b) => new(a.Estimate * b.Estimate, a.From * b.From, a.To * b.To);

    /// <summary>The figure so many times.</summary>
    public static Interval operator *(Interval a, double times) => new(a.Estimate * times, a.From * times, a.To * times);

    /// <summary>The figure with a wider range: shares of each end, 0.1 for ten in a hundred.</summary>
    public Interval Wider(double below, double above) => new(Estimate, From * Math.Max(0, 1 - below), To * (1 + above));

    /// <summary>The larger of two figures.</summary>
    public static Interval Max(Interval a, Interval b) => new(Math.Max(a.Estimate, b.Estimate), Math.Max(a.From, b.From), Math.Max(a.To, b.To));

    /// <summary>The figure cut to a range.</summary>
    public Interval Within(double least, double most) => new(Math.Clamp(Estimate, least, most), Math.Clamp(From, least, most), Math.Clamp(To, least, most));
}
