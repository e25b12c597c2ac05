namespace Sluice.Configuration;

/// <summary>The configuration cannot be run. Holds every mistake found, not the first only; the program ends with code 2 and has written nothing.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConfigurationException()
        : this([])
    {
    }

    /// <summary>Creates the exception for one mistake without a key.</summary>
    public ConfigurationException(string message)
        : this([new ConfigurationError("configuration", message)])
    {
    }

    /// <summary>Creates the exception for one mistake with its cause.</summary>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException) => Errors = [new ConfigurationError("configuration", message)];

    /// <summary>Creates the exception for all mistakes.</summary>
    public ConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>The mistakes.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}
