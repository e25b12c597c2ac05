namespace Sluice.Proportions;

/// <summary>What a limit costs. All numbers of the limit are in the unit of the option: a share, a multiple, or rows.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Binding">Whether the answer lies on it.</param>
/// <param name="Price">What the objective gains by each unit that this limit alone is loosened, 0 or more.</param>
/// <param name="Tightest">The limit's number down (or up) to which tightening it costs that same price; the limit itself where there is none; for one that does not bind, where it would begin to.</param>
/// <param name="Loosest">The limit's number up (or down) to which loosening it gains that price; null where loosening it gains nothing.</param>
internal sealed record LimitPrice(ShareLimit Limit, bool Binding, double Price, double Tightest, double? Loosest);
