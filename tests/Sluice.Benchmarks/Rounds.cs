using System.Diagnostics;

namespace Sluice.Benchmarks;

/// <summary>Measures several ways of doing the same in turn, several times over, so that what disturbs the machine disturbs all of them.</summary>
internal static class Rounds
{
    /// <summary>Rounds that count; others go before them until code is compiled for good.</summary>
    public const int Count = 5;

    // The runtime compiles anew what was called often, a while after it was.
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(2);

    /// <summary>Seconds, and seconds of all processors, by way and round.</summary>
    /// <param name="ways">What is measured.</param>
    /// <param name="prepare">Done before each, unmeasured.</param>
    public static async Task<(double Wall, double Cpu)[][]> MeasureAsync(IReadOnlyList<Func<Task>> ways, Action? prepare = null)
    {
        (double Wall, double Cpu)[][] times = [.. ways.Select(_ => new (double, double)[Count])];
        foreach (Func<Task> way in ways)
        {
            await WarmAsync(way);
        }

        for (int round = 0; round < Count; round++)
        {
            for (int way = 0; way < ways.Count; way++)
            {
                prepare?.Invoke();
                GC.Collect();
                TimeSpan busy = Environment.CpuUsage.TotalTime;
                long started = Stopwatch.GetTimestamp();
                await ways[way]();
                times[way][round] = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - busy).TotalSeconds);
            }
        }

        return times;
    }

    /// <summary>The middle of five.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task WarmAsync(Func<Task> way)
    {
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_warm;)
        {
            await way();
        }
    }
}
