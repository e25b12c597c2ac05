namespace Sluice.Configuration;

/// <summary>Tells editors (the JSON Schema) what the class that uses an option checks by itself, where no validation attribute says it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionHintAttribute : Attribute
{
    /// <summary>Whether the key must be given. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>The values that are known. Default empty: any.</summary>
    public string[] Values { get; init; } = [];
}
