namespace Sluice.Topology;

/// <summary>Models failed to score more rows than <c>Inference:MaxUnscored</c> allows.</summary>
public sealed class TooManyUnscoredException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TooManyUnscoredException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public TooManyUnscoredException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public TooManyUnscoredException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
