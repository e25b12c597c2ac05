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

    /// <summary>Whether memory was lacking, so that a smaller batch may do: any other fault stays with the row that has it.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Place of the row, from 0, among those given that was refused even alone; null when the fault is no single row's.</summary>
    public int? Row { get; init; }
}
