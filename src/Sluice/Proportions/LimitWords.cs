using System.Globalization;

namespace Sluice.Proportions;

/// <summary>Says in a sentence what a limit costs and over which range.</summary>
internal static class LimitWords
{
    private const double Point = 0.01;

    /// <summary>The change people think in, in the limit's unit: a percentage point, or as many rows as that is of the result.</summary>
    public static double Step(ShareLimit limit, int count) => limit.CountsRows ? Math.Max(1, Math.Round(count * Point)) : Point;

    /// <summary>The sentence. For a result of <paramref name="count"/> rows.</summary>
    public static string Of(LimitPrice price, int count)
    {
        ShareLimit limit = price.Limit;
        string subject = $"{Subject(limit)} ({Amount(limit, limit.Value)})";
        if (!price.Binding)
        {
            return $"{subject} is not reached: it would begin to hold the objective back at {Amount(limit, price.Tightest)}.";
        }

        if (price.Loosest is not double loosest)
        {
            return $"{subject} is reached, but loosening it alone gains nothing.";
        }

        double step = Step(limit, count);
        string gain = $"+{Short(price.Price * step)}";
        string reach = $"{(limit.IsUpper ? "up" : "down")} to {Amount(limit, loosest)}";
        string worth = Math.Abs(loosest - limit.Value) >= step - 1e-9
            ? $"{StepName(limit, step)} {More(limit, limit.IsUpper)} {(limit.CountsRows && step > 1 ? "are" : "is")} worth {gain}, {reach}"
            : $"loosening it is worth {gain} for {StepName(limit, step)}, but only {reach}";
        string back = Math.Abs(price.Tightest - limit.Value) < 1e-9
            ? "Tightening it costs more than that."
            : $"Tightening it costs as much, {(limit.IsUpper ? "down" : "up")} to {Amount(limit, price.Tightest)}.";
        return $"{subject} holds the objective back: {worth}. {back}";
    }

    private static string Subject(ShareLimit limit) => limit.Kind switch
    {
        LimitKind.Shift => "The limit on the total shift",
        LimitKind.MaxChange => "The limit on each category's change",
        LimitKind.MaxRelativeChange => "The limit on each category's relative change",
        LimitKind.Bounds => $"The {Side(limit)} bound of '{limit.Subject}'",
        LimitKind.RelativeBounds => $"The {Side(limit)} relative bound of '{limit.Subject}'",
        LimitKind.MinCounts => $"The least count of '{limit.Subject}'",
        LimitKind.MaxCounts => $"The largest count of '{limit.Subject}'",
        LimitKind.Groups => $"The {Side(limit)} limit of the group '{limit.Subject}'",
        _ => $"The supply of '{limit.Subject}'",
    };

    private static string Side(ShareLimit limit) => limit.IsUpper ? "upper" : "lower";

    private static string Amount(ShareLimit limit, double value) => limit.Kind switch
    {
        LimitKind.MaxChange => $"{Round(value / Point)} points",
        LimitKind.RelativeBounds => $"{Round(value)} times",
        _ when limit.CountsRows => Math.Round(value, 2).ToString("#,0.##", CultureInfo.InvariantCulture) + (Math.Abs(value - 1) < 1e-9 ? " row" : " rows"),
        _ => $"{Round(value / Point)} %",
    };

    private static string StepName(ShareLimit limit, double step) =>
        limit.CountsRows ? step == 1 ? "one row" : string.Create(CultureInfo.InvariantCulture, $"{step:#,0} rows")
        : limit.Kind == LimitKind.RelativeBounds ? "one hundredth"
        : "one percentage point";

    private static string More(ShareLimit limit, bool up) => up ? "more" : limit.CountsRows ? "fewer" : "less";

    private static string Round(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    // Three digits that count, never as a power of ten.
    private static string Short(double value)
    {
        int digits = value > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 12) : 0;
        return Math.Round(value, digits).ToString("0.############", CultureInfo.InvariantCulture);
    }
}
