namespace Sluice.Inference;

/// <summary>A model cannot be used as it lies there: every fault found, each with the place, what was found and what was expected.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ModelException()
        : this([])
    {
    }

    /// <summary>Creates the exception for one fault.</summary>
    public ModelException(string message)
        : this([message])
    {
    }

    /// <summary>Creates the exception for one fault with its cause.</summary>
    public ModelException(string message, Exception innerException)
        : base(message, innerException) => Errors = [message];

    /// <summary>Creates the exception for all faults found.</summary>
    public ModelException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>The faults, one sentence each.</summary>
    public IReadOnlyList<string> Errors { get; }
}
