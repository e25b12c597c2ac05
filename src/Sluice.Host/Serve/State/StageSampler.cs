using Sluice.Topology;

namespace Sluice.Host.Serve.State;

/// <summary>Makes rates of counts: looked at once a second, it says what each stage did over the last few.</summary>
internal sealed class StageSampler(PhaseBoard board, TimeProvider time)
{
    private const int Window = 5;
    private readonly Queue<Sample> _samples = [];

    // What a stage may do at once does not change when its flow ends.
    private readonly Dictionary<string, (int Workers, int Room)> _sizes = new(StringComparer.Ordinal);

    /// <summary>The stages as they are now.</summary>
    /// <param name="names">The stages, in the order of the flow.</param>
    /// <param name="meters">Those of the flow under way; empty when none is.</param>
    /// <param name="tokens">Tokens that models have read since the start.</param>
    public (IReadOnlyList<StageState> Stages, BottleneckState? Bottleneck, double TokensPerSecond) Look(IReadOnlyList<string> names, IReadOnlyList<StageMeter> meters, long tokens)
    {
        Sample now = new(time.GetTimestamp(), tokens, []);
        Dictionary<string, StageMeter> live = meters.DistinctBy(m => m.Name).ToDictionary(m => m.Name, StringComparer.Ordinal);
        foreach (string name in names)
        {
            (long rows, TimeSpan busy) = board.Ended(name);
            now.Stages[name] = live.TryGetValue(name, out StageMeter? meter) ? (rows + meter.Rows, busy + meter.Busy) : (rows, busy);
        }

        Sample before = _samples.Count > 0 ? _samples.Peek() : now;
        _samples.Enqueue(now);
        if (_samples.Count > Window)
        {
            _samples.Dequeue();
        }

        double seconds = Math.Max(1e-3, time.GetElapsedTime(before.At, now.At).TotalSeconds);
        List<StageState> stages = [];
        for (int i = 0; i < names.Count; i++)
        {
            live.TryGetValue(names[i], out StageMeter? meter);
            StageMeter? next = i + 1 < names.Count ? live.GetValueOrDefault(names[i + 1]) : null;
            (long rows, TimeSpan busy) = now.Stages[names[i]];
            (long rowsBefore, TimeSpan busyBefore) = before.Stages.GetValueOrDefault(names[i], (rows, busy));
            if (meter is not null)
            {
                _sizes[names[i]] = (meter.Workers, meter.Room);
            }

            (int workers, int room) = _sizes.GetValueOrDefault(names[i], (1, 0));
            stages.Add(new StageState(
                names[i], Kind(names, i, meter), workers, meter?.AtWork ?? 0, meter?.Waiting ?? 0, room, rows,
                Round(Math.Max(0, rows - rowsBefore) / seconds), Round(Math.Clamp(Math.Max(0, (busy - busyBefore).TotalSeconds) / (seconds * workers), 0, 1)), WaitsFor(meter, next)));
        }

        // The reader has no block of its own: it is at work whenever the first one has room.
        StageMeter? first = names.Count > 0 ? live.GetValueOrDefault(names[0]) : null;
        if (names.Count > 0)
        {
            StageState parse = stages[0];
            bool isFull = first is not null && first.Waiting >= first.Room - first.Workers;
            stages.Insert(0, new StageState("read", "reader", 1, first is not null && !isFull ? 1 : 0, 0, 0, parse.Rows, parse.RowsPerSecond, 0, first is null ? "input" : isFull ? "room" : "nothing"));
        }

        StageState? busiest = meters.Count == 0 ? null : stages.Where(s => s.Kind != "reader").MaxBy(s => s.BusyShare);
        return (stages, busiest is { BusyShare: > 0 } ? new BottleneckState(busiest.Name, busiest.BusyShare) : null, Round(Math.Max(0, tokens - before.Tokens) / seconds));
    }

    private static string Kind(IReadOnlyList<string> names, int at, StageMeter? meter) =>
        at == names.Count - 1 ? "pool" : meter?.Asks == true ? "asks" : names[at] is "exact" or "near" ? "ordered" : "parallel";

    private static string WaitsFor(StageMeter? meter, StageMeter? next) =>
        meter is null ? "input" : meter.AtWork > 0 ? meter.Asks ? "endpoint" : "nothing" : next is not null && next.Waiting >= next.Room - next.Workers ? "room" : "rows";

    private static double Round(double value) => Math.Round(value, 4);

    private sealed record Sample(long At, long Tokens, Dictionary<string, (long Rows, TimeSpan Busy)> Stages);
}
