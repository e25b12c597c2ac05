namespace Sluice.Proportions;

/// <summary>Limits of the sum of several categories' shares.</summary>
/// <param name="Name">Name in reports and messages; when empty the categories are named.</param>
/// <param name="Categories">The categories, distinct.</param>
/// <param name="Min">Smallest sum, 0 to 1.</param>
/// <param name="Max">Largest sum, 0 to 1.</param>
internal sealed record CategoryGroup(string? Name, IReadOnlyList<string> Categories, double Min, double Max)
{
    /// <summary>The name, or the categories joined by <c>+</c>.</summary>
    public string Label => string.IsNullOrEmpty(Name) ? string.Join(" + ", Categories) : Name;
}
