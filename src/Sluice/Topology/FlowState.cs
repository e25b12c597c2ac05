using System.Globalization;

namespace Sluice.Topology;

/// <summary>Says in words what a flow is doing: for whoever must tell why nothing moves.</summary>
internal static class FlowState
{
    /// <summary>One sentence a stage at work, or what is waited for when none is; then how many batches wait before each stage.</summary>
    /// <param name="meters">The stages, in the order of the flow.</param>
    /// <param name="time">The flow's clock.</param>
    /// <param name="isReading">Whether the flow has asked its source for the next batch.</param>
    public static string Describe(IReadOnlyList<StageMeter> meters, TimeProvider time, bool isReading)
    {
        string waiting = string.Join(", ", meters.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Waiting}")));
        return $"{AtWork(meters, time) ?? Idle(meters, isReading)} Batches that wait: {waiting}.";
    }

    /// <summary>One sentence a stage at work; null when none is.</summary>
    public static string? AtWork(IReadOnlyList<StageMeter> meters, TimeProvider time)
    {
        List<string> busy = [];
        foreach (StageMeter meter in meters)
        {
            if (meter.Since is { } since)
            {
                int batches = meter.AtWork;
                string many = batches > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({batches} batches)") : "";
                busy.Add($"Stage '{meter.Name}' {(meter.Asks ? "has waited for its endpoint" : "has been at work")} for {Length(time.GetElapsedTime(since))}{many}.");
            }
        }

        return busy.Count == 0 ? null : string.Join(' ', busy);
    }

    /// <summary>A length of time in words, such as <c>4.2 s</c> or <c>12 min 5 s</c>.</summary>
    public static string Length(TimeSpan length) => length < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)length.TotalMinutes} min {length.Seconds} s");

    private static string Idle(IReadOnlyList<StageMeter> meters, bool isReading) => meters.Any(m => m.Waiting > 0) ? "No stage is at work: the process gets no thread."
        : isReading ? "No stage is at work: the source is waited for, which gives no rows."
        : "No stage is at work.";
}
