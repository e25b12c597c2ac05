namespace Sluice.Inference;

/// <summary>The inference library refused to load or run a graph.</summary>
public sealed class InferenceException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InferenceException()
    {
    }

    /// <summary>Creates the exception with the library's own message and what was being done.</summary>
    public InferenceException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public InferenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
