using System.Globalization;

namespace Sluice.Sinks.Report;

/// <summary>Numbers as people read them: thousands separators, units, the same on every machine.</summary>
internal static class Figures
{
    /// <summary>Stands for a figure that there is none of.</summary>
    public const string None = "–";

    /// <summary>A whole number, <c>1,234,567</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A row's number as commands take it, without separators.</summary>
    public static string Row(long row) => row.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, <c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long value, string noun) => value == 1 ? $"1 {noun}" : $"{Count(value)} {noun}s";

    /// <summary>A number to four significant digits.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "-∞" : None;
        }

        double size = Math.Abs(value);
        return size switch
        {
            >= 1e15 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
            >= 1e-4 => value.ToString("0.#####", CultureInfo.InvariantCulture),
            0 => "0",
            _ => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A share (0 to 1) in percent.</summary>
    public static string Percent(double share) => !double.IsFinite(share) ? None
        : share is > 0 and < 0.001 ? "<0.1 %"
        : share is > 0.999 and < 1 ? ">99.9 %"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A part of a whole in percent.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? None : Percent((double)part / whole);

    /// <summary>A change of a share in percentage points, signed.</summary>
    public static string Points(double change) => double.IsFinite(change)
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * change:+0.00;-0.00;0.00} pp")
        : None;

    /// <summary>A size in bytes, decimal units.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
    };

    /// <summary>A duration in seconds.</summary>
    public static string Seconds(double seconds) => !double.IsFinite(seconds) ? None : seconds switch
    {
        >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):N0} h {Math.Floor(seconds % 3600 / 60):0} min"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):0} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
    };

    /// <summary>A coordinate in a drawing, to a hundredth.</summary>
    public static string Coordinate(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
