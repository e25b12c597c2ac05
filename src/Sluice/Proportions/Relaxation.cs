namespace Sluice.Proportions;

/// <summary>A change of one limit.</summary>
/// <param name="Limit">The limit in the user's words.</param>
/// <param name="From">Its value.</param>
/// <param name="To">The value that is needed.</param>
internal sealed record Relaxation(string Limit, double From, double To);
