using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>Asks a phase for its progress at an interval, and once more at its end.</summary>
internal sealed class PhaseTicker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<RunProgress> _progress;
    private readonly Action<RunProgress, TimeSpan, bool> _tell;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private bool _ended;

    /// <param name="progress">Asked at each tick.</param>
    /// <param name="tell">Told the progress, the time since the start, and whether this is the end.</param>
    /// <param name="interval">Time between ticks.</param>
    /// <param name="time">The clock.</param>
    public PhaseTicker(Func<RunProgress> progress, Action<RunProgress, TimeSpan, bool> tell, TimeSpan interval, TimeProvider time)
    {
        _progress = progress;
        _tell = tell;
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tick(last: false), null, interval, interval);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Tick(last: true);
    }

    private void Tick(bool last)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _ended = last;
                _tell(_progress(), _time.GetElapsedTime(_started), last);
            }
        }
    }
}
