namespace Sluice.Proportions;

/// <summary>The rows of one category that agree on every further axis, such as source and script.</summary>
/// <param name="Category">0-based category.</param>
/// <param name="Values">The value on each axis, in the order of <see cref="ProportionProblem.Axes"/>.</param>
/// <param name="Incoming">Rows of it that came in.</param>
/// <param name="Available">Rows of it that the result could hold.</param>
internal sealed record ProportionCell(int Category, IReadOnlyList<string> Values, int Incoming, int Available);
