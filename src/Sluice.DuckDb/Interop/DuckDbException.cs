namespace Sluice.DuckDb.Interop;

/// <summary>What the library said when a call failed; translated before it leaves this project.</summary>
internal sealed class DuckDbException : Exception
{
    public DuckDbException(DuckDbError error, string message)
        : base(Shorten(message)) => Error = error;

    /// <summary>The kind of error, <see cref="DuckDbError.Unknown"/> when the call does not tell.</summary>
    public DuckDbError Error { get; }

    /// <summary>Whether the database has shut itself down, so that the next call needs a new one.</summary>
    public bool IsFatal => Error is DuckDbError.Fatal or DuckDbError.Internal;

    // A damaged offset or length points behind the end of the file, which says nothing of the disk.
    private bool IsPastTheEnd => Message.Contains("Could not read enough bytes", StringComparison.Ordinal);

    /// <summary>The exception for a failed read of <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where in the file, such as <c> at or after row 12</c>; or empty.</param>
    public Exception Reading(string path, string place) => Error switch
    {
        DuckDbError.OutOfMemory => new InsufficientMemoryException($"Reading '{path}'{place} needs more memory: {Message} Raise DuckDb:MemoryLimitMegabytes or lower DuckDb:Threads.", this),
        DuckDbError.InputOutput when !IsPastTheEnd => new IOException($"Cannot read '{path}'{place}: {Message}", this),
        _ => new InvalidDataException($"Cannot read '{path}'{place}: {Message}", this),
    };

    /// <summary>The exception for a failed write of <paramref name="path"/>.</summary>
    public IOException Writing(string path) => new($"Cannot write '{path}': {Message}", this);

    // The library appends the SQL it was given and a page of advice: neither says anything about the file.
    private static string Shorten(string message)
    {
        int end = message.Length;
        foreach (string advice in new[] { "\n\n", "\nThe search space", "\nPossible ", "\nTry setting" })
        {
            int at = message.AsSpan(0, end).IndexOf(advice, StringComparison.Ordinal);
            end = at < 0 ? end : at;
        }

        return message[..end].Trim().ReplaceLineEndings(" ");
    }
}
