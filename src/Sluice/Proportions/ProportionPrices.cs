namespace Sluice.Proportions;

/// <summary>What holds the objective back, and how firm the answer is.</summary>
/// <param name="Limits">Every limit of the problem.</param>
/// <param name="Worths">For each category how far its worth may change, all else as it is, before other shares are best.</param>
internal sealed record ProportionPrices(IReadOnlyList<LimitPrice> Limits, IReadOnlyList<WorthRange> Worths);
