using System.Text.Json;
using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>One JSON object a line: <c>event</c> is <c>message</c>, <c>warning</c>, <c>progress</c> or <c>done</c>.</summary>
internal sealed class JsonDisplay(TextWriter to, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    public void Say(string message) => Write(new { @event = "message", message });

    public void Warn(string message) => Write(new { @event = "warning", message });

    public IDisposable Phase(string name, Func<RunProgress> progress) => new PhaseTicker(progress, (p, elapsed, last) => Write(new
    {
        @event = last ? "done" : "progress",
        phase = name,
        share = last ? 1 : Math.Round(p.Share, 4),
        rows = p.Rows,
        seconds = Math.Round(elapsed.TotalSeconds, 3),
        what = p.What,
        stages = p.Stages.Select(s => new { name = s.Name, rows = s.Rows, busySeconds = Math.Round(s.Busy.TotalSeconds, 3), workers = s.Workers, waiting = s.Waiting }),
    }), s_interval, time);

    private void Write(object value)
    {
        string line = JsonSerializer.Serialize(value);
        lock (to)
        {
            to.WriteLine(line);
        }
    }
}
