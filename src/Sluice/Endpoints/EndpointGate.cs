namespace Sluice.Endpoints;

/// <summary>
/// Lets requests of one stage through: at most so many at once, none while the server has asked to wait. The number falls by half when the server throttles and
/// rises by one for as many answers as it holds (additive increase, multiplicative decrease, as TCP finds the width of a road it cannot see).
/// </summary>
/// <param name="most">Requests at once at most.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class EndpointGate(int most, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private double _width = most;
    private int _inside;
    private long _narrowings;
    private DateTimeOffset _opens = DateTimeOffset.MinValue;

    /// <summary>Requests let through at once at this moment.</summary>
    public int Width
    {
        get
        {
            lock (_lock)
            {
                return (int)_width;
            }
        }
    }

    /// <summary>Waits for a place. The number returned goes back to <see cref="Leave"/>.</summary>
    public async ValueTask<long> EnterAsync(CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            TaskCompletionSource? turn = null;
            TimeSpan closed;
            lock (_lock)
            {
                closed = _opens - time.GetUtcNow();
                if (closed <= TimeSpan.Zero)
                {
                    if (_inside < (int)_width)
                    {
                        _inside++;
                        return _narrowings;
                    }

                    turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _waiting.Enqueue(turn);
                }
            }

            if (turn is null)
            {
                await Task.Delay(closed, time, token);
                continue;
            }

            // Cancelled or called, never both: a call to one who has left goes to the next in the queue.
            using CancellationTokenRegistration leaving = token.UnsafeRegister(static (state, stop) => ((TaskCompletionSource)state!).TrySetCanceled(stop), turn);
            await turn.Task;
        }
    }

    /// <summary>Gives the place back and learns from how the request ended.</summary>
    /// <param name="entered">What <see cref="EnterAsync"/> returned.</param>
    /// <param name="kind">How it ended; null when the run was cancelled.</param>
    /// <param name="wait">How long the server asks to wait.</param>
    public void Leave(long entered, AttemptKind? kind, TimeSpan? wait)
    {
        lock (_lock)
        {
            _inside--;
            if (kind == AttemptKind.Answered)
            {
                _width = Math.Min(most, _width + (1 / _width));
            }
            else if (kind == AttemptKind.Throttled)
            {
                // The requests that were on their way together are refused together: one narrowing for all of them.
                if (entered == _narrowings)
                {
                    _width = Math.Max(1, Math.Floor(_width / 2));
                    _narrowings++;
                }

                DateTimeOffset opens = time.GetUtcNow() + (wait ?? TimeSpan.Zero);
                _opens = opens > _opens ? opens : _opens;
            }

            for (int free = (int)_width - _inside; free > 0 && _waiting.TryDequeue(out TaskCompletionSource? next);)
            {
                free -= next.TrySetResult() ? 1 : 0;
            }
        }
    }
}
