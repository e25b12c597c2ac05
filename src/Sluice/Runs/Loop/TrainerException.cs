namespace Sluice.Runs.Loop;

/// <summary>The trainer failed: the message says how, with its last words and where its log is.</summary>
public sealed class TrainerException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TrainerException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public TrainerException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public TrainerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
