namespace Sluice.Diagnostics.Faults;

/// <summary>What a fault point does when it fires.</summary>
public enum FaultAction
{
    /// <summary>The process is gone at once, as by <c>kill -9</c>.</summary>
    Kill,

    /// <summary>The disk is full (ENOSPC).</summary>
    Full,

    /// <summary>The disk fails (EIO).</summary>
    Io,

    /// <summary>The file system has become read-only (EROFS).</summary>
    ReadOnly,

    /// <summary>The code throws what nobody expects.</summary>
    Throw,

    /// <summary>The thread sleeps: for a number of milliseconds, or for a random one up to it (<c>delay:~20</c>).</summary>
    Delay,

    /// <summary>A model runs out of memory.</summary>
    OutOfMemory,

    /// <summary>A model answers with numbers that are not finite.</summary>
    NotANumber,
}
