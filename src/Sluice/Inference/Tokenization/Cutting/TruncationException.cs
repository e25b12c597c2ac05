namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>A row cannot be cut to the length wanted in the way wanted: the fault is the row's, another may fit.</summary>
public sealed class TruncationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TruncationException()
    {
    }

    /// <summary>Creates the exception with what was found and expected.</summary>
    public TruncationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public TruncationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
