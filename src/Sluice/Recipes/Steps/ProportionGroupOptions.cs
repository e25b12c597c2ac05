using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>A limit on the joint share of several categories.</summary>
public sealed class ProportionGroupOptions
{
    /// <summary>Name in the report. Default: the categories.</summary>
    public string Name { get; init; } = "";

    /// <summary>The categories. Required.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Joint share at least. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Min { get; init; }

    /// <summary>Joint share at most. Default 1.</summary>
    [Range(0.0, 1.0)]
    public double Max { get; init; } = 1;
}
