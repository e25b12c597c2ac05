namespace Sluice.Proportions;

/// <summary>No shares satisfy all limits.</summary>
internal sealed class ProportionInfeasibleException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ProportionInfeasibleException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public ProportionInfeasibleException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public ProportionInfeasibleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception from what contradicts what.</summary>
    public ProportionInfeasibleException(IReadOnlyList<string> conflict, IReadOnlyList<Relaxation> relaxation, bool isSmallest)
        : base(
            $"No shares satisfy all limits. In conflict: {string.Join("; ", conflict)}. " +
            (isSmallest
                ? $"{(relaxation.Count == 1 ? "One change" : $"The fewest changes, {relaxation.Count},")} would do: "
                : "Too many limits contradict each other to find the fewest changes; these, smallest in sum, would do: ") +
            string.Join("; ", relaxation.Select(r => $"{r.Name} to {ShareLimits.Text(r.Enough)}{(r.Limit.Kind == LimitKind.Rows ? ", which needs more rows" : "")}")) + ".")
    {
        Conflict = conflict;
        Relaxation = relaxation;
        IsSmallest = isSmallest;
    }

    /// <summary>Limits that cannot hold together, in the user's words.</summary>
    public IReadOnlyList<string> Conflict { get; } = [];

    /// <summary>Changes of limits after which there is an answer: the fewest limits, and of those the least change in all (a row counting as its share of the result).</summary>
    public IReadOnlyList<Relaxation> Relaxation { get; } = [];

    /// <summary>Whether no smaller set of limits would do; false when there were too many to tell, and the changes are those with the least sum.</summary>
    public bool IsSmallest { get; }
}
