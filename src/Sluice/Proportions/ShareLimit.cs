namespace Sluice.Proportions;

/// <summary>One limit the user set (or that follows from the rows there are): <c>sum Values[k] * w[Columns[k]]</c> lies above or below <see cref="Limit"/>.</summary>
/// <param name="Name">The limit in the user's words.</param>
/// <param name="Columns">Variables: shares first, then, for the shift, changes up and down.</param>
/// <param name="Values">Their coefficients.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsUpper">Whether it is an upper limit.</param>
/// <param name="Unit">What one unit of the user's number is in this limit: 2 for the shift, else 1.</param>
/// <param name="Cost">Price of breaking it by one unit when nothing satisfies all limits.</param>
internal sealed record ShareLimit(string Name, int[] Columns, double[] Values, double Limit, bool IsUpper, double Unit = 1, double Cost = 1);
