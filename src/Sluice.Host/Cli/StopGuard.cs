using System.Globalization;
using Sluice.Topology;

namespace Sluice.Host.Cli;

/// <summary>
/// How the program ends when it is told to. The first signal cancels the verb, which leaves complete files or none; a second one ends the process at once; and a verb that
/// has not ended <see cref="FlowOptions.StopTime"/> after the first, because a stage holds its thread, is not waited for. What is committed is safe at any moment.
/// </summary>
internal sealed class StopGuard : IDisposable
{
    private const string Kept = "What is committed is kept; the same command resumes.";
    private readonly TimeProvider _time;
    private readonly Action<int> _exit;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Action<string> _say;
    private TimeSpan _stopTime = new FlowOptions().StopTime;
    private Func<string?> _holds = static () => null;
    private ITimer? _late;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="say">Says what happens, until <c>Follow</c> gives another way.</param>
    /// <param name="exit">Ends the process at once with a code.</param>
    public StopGuard(TimeProvider time, Action<string> say, Action<int> exit)
    {
        _time = time;
        _say = say;
        _exit = exit;
    }

    /// <summary>Fired by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code of a verb that is not waited for any longer. Default 130.</summary>
    public int LateCode { get; set; } = ExitCode.Interrupted;

    /// <summary>From now on the flow of these services is the one at work, and their options say how long to wait.</summary>
    /// <param name="context">The flow's surroundings.</param>
    /// <param name="say">Says what happens.</param>
    public void Follow(FlowContext context, Action<string> say) => Follow([context], say);

    /// <summary>From now on these flows, side by side, are those at work; the longest of their times to end rules.</summary>
    /// <param name="contexts">The flows' surroundings.</param>
    /// <param name="say">Says what happens.</param>
    public void Follow(IReadOnlyList<FlowContext> contexts, Action<string> say)
    {
        lock (_gate)
        {
            _say = say;
            _stopTime = contexts.Max(c => c.Options.StopTime);
            _holds = () => contexts.Select(c => c.Running?.Invoke()).OfType<string>().ToArray() is { Length: > 0 } held ? string.Join(' ', held) : null;
            _late?.Change(_stopTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A signal to end has come.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            if (_late is not null)
            {
                _say($"Ended at once, at the second signal. {Kept}");
                _exit(ExitCode.Interrupted);
                return;
            }

            _late = _time.CreateTimer(_ => Late(), null, _stopTime, Timeout.InfiniteTimeSpan);
        }

        // Outside of the gate: what this cancels may run here and now, and the second signal must get through meanwhile.
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The verb has just ended by itself.
        }
    }

    /// <summary>The verb has ended; later signals are nobody's.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _late?.Dispose();
        }

        _stop.Dispose();
    }

    private void Late()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _say(string.Create(CultureInfo.InvariantCulture,
                    $"Not ended {_stopTime.TotalSeconds:0.#} s after the signal (Flow:StopTime). {_holds() ?? "No stage is at work, something else holds the program."} Ended without waiting for it. {Kept}"));
                _exit(LateCode);
            }
        }
    }
}
