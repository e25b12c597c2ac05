using Sluice.Configuration;

namespace Sluice.Sources;

/// <summary>A row shape that the user writes: which fields hold what. Dots reach into nested objects.</summary>
public sealed class FieldMapping
{
    /// <summary>Field that holds the system text; empty for none.</summary>
    public string System { get; init; } = "";

    /// <summary>Field that holds the instruction.</summary>
    [OptionHint(Required = true)]
    public string Instruction { get; init; } = "";

    /// <summary>Field that holds further input, appended to the instruction after a line break; empty for none.</summary>
    public string Input { get; init; } = "";

    /// <summary>Field that holds the answer.</summary>
    [OptionHint(Required = true)]
    public string Output { get; init; } = "";
}
