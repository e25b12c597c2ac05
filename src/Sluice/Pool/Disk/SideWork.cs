using System.Runtime.ExceptionServices;

namespace Sluice.Pool.Disk;

/// <summary>Work on a thread of its own beside what the caller does, for callers that are not asynchronous: waiting for it blocks no thread that it needs.</summary>
internal sealed class SideWork : IDisposable
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Starts the work.</summary>
    public SideWork(Action work)
    {
        _thread = new Thread(() =>
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // Thrown again by Complete.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
            }
        }) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits until it is done. Throws what ended it before.</summary>
    public void Complete()
    {
        _thread.Join();
        _fault?.Throw();
    }

    /// <summary>Waits until it has ended, well or not.</summary>
    public void Dispose() => _thread.Join();
}
