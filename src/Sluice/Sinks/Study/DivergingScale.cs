using System.Globalization;

namespace Sluice.Sinks.Study;

/// <summary>Blue for negative, white for none, red for positive (ColorBrewer's RdBu), the same in both directions.</summary>
internal static class DivergingScale
{
    private static readonly (int R, int G, int B)[] s_blue = [(247, 247, 247), (146, 197, 222), (33, 102, 172)];
    private static readonly (int R, int G, int B)[] s_red = [(247, 247, 247), (244, 165, 130), (178, 24, 43)];

    /// <summary>The colour of a value, <c>#rrggbb</c>; beyond the scale it is that of the end.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scale">The absolute value at either end, above 0.</param>
    public static string Colour(double value, double scale)
    {
        (int R, int G, int B)[] stops = value < 0 ? s_blue : s_red;
        double at = Math.Min(Math.Abs(value) / scale, 1) * (stops.Length - 1);
        int low = Math.Min((int)at, stops.Length - 2);
        double part = at - low;
        int Mix(int from, int to) => (int)Math.Round(from + ((to - from) * part), MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture,
            $"#{Mix(stops[low].R, stops[low + 1].R):x2}{Mix(stops[low].G, stops[low + 1].G):x2}{Mix(stops[low].B, stops[low + 1].B):x2}");
    }

    /// <summary>Whether words on that colour are to be white.</summary>
    public static bool IsDark(double value, double scale) => Math.Abs(value) / scale > 0.7;
}
