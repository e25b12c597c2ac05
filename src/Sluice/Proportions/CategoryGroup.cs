namespace Sluice.Proportions;

/// <summary>Limits of the joint share of a set of rows: those of some categories, those with some values on a further axis, or those with both.</summary>
/// <param name="Name">Name in reports and messages; when empty the categories or values are named.</param>
/// <param name="Categories">The categories, distinct; empty for all, which needs <see cref="Axis"/>.</param>
/// <param name="Min">Smallest joint share, 0 to 1.</param>
/// <param name="Max">Largest joint share, 0 to 1.</param>
internal sealed record CategoryGroup(string? Name, IReadOnlyList<string> Categories, double Min, double Max)
{
    /// <summary>The further axis, one of <see cref="ProportionProblem.Axes"/>; null (the default) for none.</summary>
    public string? Axis { get; init; }

    /// <summary>Values on that axis, distinct.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The name, or the categories joined by <c>+</c>, or the axis and its values.</summary>
    public string Label => !string.IsNullOrEmpty(Name) ? Name
        : Axis is null ? string.Join(" + ", Categories)
        : $"{string.Join(" + ", Categories)}{(Categories.Count > 0 ? " with " : "")}{Axis} = {string.Join(" + ", Values)}";
}
