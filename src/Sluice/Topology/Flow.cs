using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;

namespace Sluice.Topology;

/// <summary>
/// One run's blocks and links: the only place that knows TPL Dataflow. Every block is bounded, ordered and holds the one run token; the first fault anywhere
/// cancels the run, and <see cref="RunAsync"/> reports that fault itself, not the aggregates around it.
/// </summary>
internal sealed class Flow : IDisposable
{
    private readonly FlowContext _context;
    private readonly FlowOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _run;
    private readonly List<Task> _completions = [];
    private readonly List<StageMeter> _meters = [];
    private ExceptionDispatchInfo? _fault;
    private volatile bool _isReading;

    public Flow(FlowContext context, CancellationToken outer)
    {
        _context = context;
        _options = context.Options;
        _time = context.Time;
        _outer = outer;
        _run = CancellationTokenSource.CreateLinkedTokenSource(outer);
    }

    /// <summary>The run token: fired by the caller or by the first fault.</summary>
    public CancellationToken Token => _run.Token;

    /// <summary>One meter a stage, in the order of the flow.</summary>
    public IReadOnlyList<StageMeter> Meters => _meters;

    /// <summary>A stage without state: many items at once, results in the order of the items.</summary>
    public TransformBlock<TIn, TOut> Parallel<TIn, TOut>(string name, Func<TIn, int> rows, Func<TIn, CancellationToken, TOut> body) =>
        Transform(name, _options.Workers, rows, body);

    /// <summary>
    /// A stage without state that waits outside of the process: results in the order of the items. Waiting holds no thread, so as many items as may queue before it are
    /// worked on too; what they wait for bounds itself.
    /// </summary>
    public TransformBlock<TIn, TOut> Waiting<TIn, TOut>(string name, Func<TIn, int> rows, Func<TIn, CancellationToken, Task<TOut>> body)
    {
        int workers = _options.Workers + _options.QueueBatches;
        StageMeter? meter = null;
        TransformBlock<TIn, TOut> block = new(item => GuardAsync(meter!, rows, body, item), Options(workers));
        meter = Register(name, workers, () => block.InputCount, block.Completion, asks: true);
        return block;
    }

    /// <summary>A stage with state: one item at a time, in order.</summary>
    public TransformBlock<TIn, TOut> Ordered<TIn, TOut>(string name, Func<TIn, int> rows, Func<TIn, CancellationToken, TOut> body) =>
        Transform(name, 1, rows, body);

    /// <summary>The end of the flow: one item at a time, in order.</summary>
    public ActionBlock<TIn> Sink<TIn>(string name, Func<TIn, int> rows, Action<TIn, CancellationToken> body)
    {
        StageMeter? meter = null;
        ActionBlock<TIn> block = new(
            item =>
            {
                Guard<TIn, object?>(meter!, rows, (i, token) =>
                {
                    body(i, token);
                    return null;
                }, item);
            },
            Options(1));
        meter = Register(name, 1, () => block.InputCount, block.Completion);
        return block;
    }

    /// <summary>Links two stages; completion travels with the items.</summary>
    public static void Link<T>(ISourceBlock<T> from, ITargetBlock<T> to) =>
        from.LinkTo(to, new DataflowLinkOptions { PropagateCompletion = true });

    /// <summary>
    /// Feeds the head until the source ends, then waits for every block. Throws the first fault, or <see cref="OperationCanceledException"/> when the caller cancelled.
    /// </summary>
    public async Task RunAsync<T>(IAsyncEnumerable<T> source, ITargetBlock<T> head)
    {
        using FlowWatchdog watchdog = new(_context, _meters, () => _isReading);
        _context.Running = () => FlowState.AtWork(_meters, _time);
        _isReading = true;
        try
        {
            await foreach (T item in source.WithCancellation(Token))
            {
                _isReading = false;
                // False means: the block takes nothing any more. It never may be ignored, the item would be gone.
                if (!await head.SendAsync(item, Token))
                {
                    Fail(new StageFaultException("The first stage of the flow stopped taking rows before the source ended. This is a bug."));
                    break;
                }

                _isReading = true;
            }

            _isReading = false;
            head.Complete();
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever the source throws is the run's fault, and is thrown again below.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        // All blocks, not only the last: models and files may be closed only when no body runs any more.
        await Task.WhenAll(_completions).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _context.Running = null;
        _fault?.Throw();
        _outer.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    private TransformBlock<TIn, TOut> Transform<TIn, TOut>(string name, int workers, Func<TIn, int> rows, Func<TIn, CancellationToken, TOut> body)
    {
        StageMeter? meter = null;
        TransformBlock<TIn, TOut> block = new(item => Guard(meter!, rows, body, item), Options(workers));
        meter = Register(name, workers, () => block.InputCount, block.Completion);
        return block;
    }

    private StageMeter Register(string name, int workers, Func<int> waiting, Task completion, bool asks = false)
    {
        StageMeter meter = new(name, workers, waiting, asks, workers + _options.QueueBatches);
        _meters.Add(meter);
        _completions.Add(completion);
        return meter;
    }

    private ExecutionDataflowBlockOptions Options(int workers) => new()
    {
        // A block counts the items it works on and the results not yet taken as held, so the bound must exceed its workers.
        BoundedCapacity = workers + _options.QueueBatches,
        MaxDegreeOfParallelism = workers,
        EnsureOrdered = true,
        CancellationToken = _run.Token,
    };

    private TOut Guard<TIn, TOut>(StageMeter meter, Func<TIn, int> rows, Func<TIn, CancellationToken, TOut> body, TIn item)
    {
        long started = _time.GetTimestamp();
        meter.Begin(started);
        try
        {
            Reach(meter, "before");
            TOut result = body(item, _run.Token);
            Reach(meter, "after");
            meter.Add(rows(item), _time.GetElapsedTime(started));
            return result;
        }
#pragma warning disable CA1031 // Kept as the run's fault and thrown to the block as well.
        catch (Exception exception) when (Fault(meter, exception) is { } fault)
#pragma warning restore CA1031
        {
            throw fault;
        }
        finally
        {
            meter.End(started);
        }
    }

    private async Task<TOut> GuardAsync<TIn, TOut>(StageMeter meter, Func<TIn, int> rows, Func<TIn, CancellationToken, Task<TOut>> body, TIn item)
    {
        long started = _time.GetTimestamp();
        meter.Begin(started);
        try
        {
            Reach(meter, "before");
            TOut result = await body(item, _run.Token);
            Reach(meter, "after");
            meter.Add(rows(item), _time.GetElapsedTime(started));
            return result;
        }
#pragma warning disable CA1031 // Kept as the run's fault and thrown to the block as well.
        catch (Exception exception) when (Fault(meter, exception) is { } fault)
#pragma warning restore CA1031
        {
            throw fault;
        }
        finally
        {
            meter.End(started);
        }
    }

    private void Reach(StageMeter meter, string when)
    {
        if (_context.Faults.IsActive)
        {
            _context.Faults.Reach($"stage.{meter.Name}.{when}");
        }
    }

    /// <summary>What a stage's exception is to the run; null when it only says that the run was cancelled.</summary>
    private Exception? Fault(StageMeter meter, Exception exception)
    {
        if (exception is not OperationCanceledException)
        {
            return Fail(exception);
        }

        // Let out of a block body as it is, it would silently drop the item while the block ends as completed.
        return _run.IsCancellationRequested
            ? null
            : Fail(new StageFaultException($"Stage '{meter.Name}' cancelled its work though the run was not cancelled.", exception));
    }

    private Exception Fail(Exception exception)
    {
        Exception root = exception is AggregateException aggregate ? aggregate.GetBaseException() : exception;
        Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(root), null);
        _run.Cancel();
        return root;
    }
}
