using Sluice.Pool.Disk;

namespace Sluice.Sinks;

/// <summary>An output that is being written beside others.</summary>
/// <param name="done">Called once it is written.</param>
/// <param name="writing">Writes it.</param>
internal sealed class PendingOutput(Action done, SideWork writing) : IDisposable
{
    /// <summary>Waits until it is written. Throws what kept it from being.</summary>
    public void Complete()
    {
        writing.Complete();
        done();
    }

    /// <summary>Waits until nothing writes any more, well or not: the caller may be about to delete the file.</summary>
    public void Dispose() => writing.Dispose();
}
