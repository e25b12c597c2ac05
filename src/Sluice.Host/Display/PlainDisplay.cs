using System.Globalization;
using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>Calm lines for logs and pipes: one every ten seconds and one at the end of a phase.</summary>
internal sealed class PlainDisplay(TextWriter to, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    public void Say(string message) => to.WriteLine(message);

    public void Warn(string message) => to.WriteLine($"warning: {message}");

    public IDisposable Phase(string name, Func<RunProgress> progress) => new PhaseTicker(progress, (p, elapsed, last) =>
    {
        string rows = p.Rows > 0 ? string.Create(CultureInfo.InvariantCulture, $", {p.Rows:N0} rows, {p.Rows / Math.Max(0.001, elapsed.TotalSeconds):N0}/s") : "";
        // A phase shorter than a second is not worth a line of its own.
        if (!last)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {p.Share:P0}{rows}{(p.What.Length > 0 ? $" ({p.What})" : "")}"));
        }
        else if (elapsed.TotalSeconds >= 1)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: done in {elapsed.TotalSeconds:N1} s{rows}"));
        }
    }, s_interval, time);
}
