namespace Sluice.Proportions;

/// <summary>What the authors' optimiser ends with.</summary>
/// <param name="Weights">Shares; after Adam they sum to 1, and one may be slightly negative. Only on which side of the importance each lies is used.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record PublishedShares(double[] Weights, int Steps);
