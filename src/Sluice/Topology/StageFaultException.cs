namespace Sluice.Topology;

/// <summary>A stage of the flow failed; the run ends, what is committed stays, and the next start resumes.</summary>
public sealed class StageFaultException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StageFaultException()
    {
    }

    /// <summary>Creates the exception with what happened where.</summary>
    public StageFaultException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StageFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
