namespace Sluice.Sinks.Report.Charts;

/// <summary>Maps values to places along one side of a drawing, with round numbers as ticks.</summary>
/// <param name="Min">Value at the beginning.</param>
/// <param name="Max">Value at the end; greater than <paramref name="Min"/>.</param>
/// <param name="From">Place of the beginning.</param>
/// <param name="To">Place of the end.</param>
internal sealed record Axis(double Min, double Max, double From, double To)
{
    /// <summary>A value's place.</summary>
    public double Place(double value) => From + ((value - Min) / (Max - Min) * (To - From));

    /// <summary>Round values (1, 2 or 5 times a power of ten) between the ends, about <paramref name="count"/> of them.</summary>
    public IReadOnlyList<double> Ticks(int count)
    {
        double rough = (Max - Min) / count;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        List<double> ticks = [];
        for (double i = Math.Ceiling((Min / step) - 1e-9); i * step <= Max + (step * 1e-9) && ticks.Count <= 3 * count; i++)
        {
            ticks.Add(Math.Round(i * step, 12));
        }

        return ticks;
    }

    /// <summary>Powers of ten between the ends of an axis of decimal logarithms, with 2 and 5 times them where these are few; as logarithms.</summary>
    public IReadOnlyList<double> LogarithmicTicks()
    {
        double[] factors = Max - Min < 2 ? [1, 2, 5] : [1];
        List<double> ticks = [];
        for (double power = Math.Floor(Min); power <= Max; power++)
        {
            ticks.AddRange(factors.Select(f => power + Math.Log10(f)).Where(t => t >= Min && t <= Max));
        }

        return ticks;
    }
}
