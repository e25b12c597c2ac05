namespace Sluice.Endpoints;

/// <summary>The server refuses every question, not one: the key, the address or the model is wrong. The run ends; the answers it got are kept.</summary>
public sealed class EndpointException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EndpointException()
    {
    }

    /// <summary>Creates the exception with found, expected and remedy.</summary>
    public EndpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public EndpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
