namespace Sluice.Proportions;

/// <summary>One number that limits the shares: an option the user set, or the rows there are. It may hold for one share, for a sum, or for every share at once.</summary>
/// <param name="Kind">The option.</param>
/// <param name="Name">The option with its category or group, such as <c>Bounds of 'code'</c>.</param>
/// <param name="Subject">The category, group or cell alone; empty where it holds for all.</param>
/// <param name="Value">The number, in the option's unit: a share, a multiple, or rows.</param>
/// <param name="IsUpper">Whether it is an upper limit: a larger number leaves more room.</param>
/// <param name="Tightest">The number at which it is as tight as it can be set.</param>
/// <param name="Loosest">The number beyond which more room changes nothing.</param>
/// <param name="Sides">What it says about the variables.</param>
internal sealed record ShareLimit(
    LimitKind Kind, string Name, string Subject, double Value, bool IsUpper, double Tightest, double Loosest, IReadOnlyList<LimitSide> Sides)
{
    /// <summary>Whether the number counts rows.</summary>
    public bool CountsRows => Kind is LimitKind.MinCounts or LimitKind.MaxCounts or LimitKind.Rows;

    /// <summary>1 when a larger number leaves more room, -1 when a smaller one does.</summary>
    public int Looser => IsUpper ? 1 : -1;

    /// <summary>Name, side and number, such as <c>Bounds of 'code' (at least 0.5)</c>.</summary>
    public override string ToString() => $"{Name} ({(IsUpper ? "at most" : "at least")} {ShareLimits.Text(Value)}{(CountsRows ? " rows" : "")})";
}
