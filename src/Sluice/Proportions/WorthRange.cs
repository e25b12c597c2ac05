namespace Sluice.Proportions;

/// <summary>How far a category's worth may change before other shares are best.</summary>
/// <param name="From">Smallest worth; null for no limit.</param>
/// <param name="To">Largest worth; null for no limit.</param>
internal readonly record struct WorthRange(double? From, double? To);
