namespace Sluice.Topology;

/// <summary>
/// Admits batches into the flow while rows, bytes and tokens in flight stay under their bounds: a bound on items alone swings from megabytes to gigabytes
/// with the length of the rows. One batch larger than a bound is admitted alone, so that no row can stop the flow.
/// </summary>
internal sealed class FlowBudget(FlowOptions options)
{
    private const int BytesPerToken = 4;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private long _rows;
    private long _bytes;
    private int _batches;

    /// <summary>Most rows seen in flight.</summary>
    public long PeakRows { get; private set; }

    /// <summary>Most raw bytes seen in flight.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Waits until the batch fits, then counts it. Called by the one reader only.</summary>
    public async ValueTask AcquireAsync(int rows, long bytes, CancellationToken token)
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                if (_batches == 0 || Fits(rows, bytes))
                {
                    _batches++;
                    _rows += rows;
                    _bytes += bytes;
                    PeakRows = Math.Max(PeakRows, _rows);
                    PeakBytes = Math.Max(PeakBytes, _bytes);
                    return;
                }

                _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _waiter.Task;
            }

            await wait.WaitAsync(token);
        }
    }

    /// <summary>Gives a batch's share back, once the pool has taken it.</summary>
    public void Release(int rows, long bytes)
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _batches--;
            _rows -= rows;
            _bytes -= bytes;
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.SetResult();
    }

    private bool Fits(int rows, long bytes) =>
        _rows + rows <= options.MaxRows
        && _bytes + bytes <= options.MaxBytes
        && (_bytes + bytes) / BytesPerToken <= options.MaxTokens;
}
