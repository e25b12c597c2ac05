namespace Sluice.Topology;

/// <summary>More rows were rejected than <see cref="FlowOptions.MaxRejectShare"/> allows.</summary>
public sealed class TooManyRejectsException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TooManyRejectsException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public TooManyRejectsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public TooManyRejectsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
