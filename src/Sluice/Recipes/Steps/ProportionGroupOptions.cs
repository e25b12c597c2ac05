using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>
/// A limit on the joint share of some rows: those of several categories (<see cref="Categories"/>), those with some values of another column (<see cref="Column"/> and
/// <see cref="Values"/>), or those with both.
/// </summary>
public sealed class ProportionGroupOptions
{
    /// <summary>Name in the report. Default: the categories, or the column and its values.</summary>
    public string Name { get; init; } = "";

    /// <summary>The categories. Default none, which with <see cref="Column"/> means all; without it they are required.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Another column of texts, such as <c>source</c> or <c>script</c>. Default empty: only categories are meant.</summary>
    public string Column { get; init; } = "";

    /// <summary>Values of <see cref="Column"/>; a row without a value counts as an empty text. Required with it, and only with it.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Joint share at least. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double Min { get; init; }

    /// <summary>Joint share at most. Default 1.</summary>
    [Range(0.0, 1.0)]
    public double Max { get; init; } = 1;
}
