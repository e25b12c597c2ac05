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
    public ProportionInfeasibleException(IReadOnlyList<string> conflict, IReadOnlyList<Relaxation> relaxation)
        : base(
            $"No shares satisfy all limits. In conflict: {string.Join("; ", conflict)}. Smallest change that would do: " +
            string.Join("; ", relaxation.Select(r => $"{r.Limit} from {ShareLimits.Text(r.From)} to {ShareLimits.Text(r.To)}")) + ".")
    {
        Conflict = conflict;
        Relaxation = relaxation;
    }

    /// <summary>Limits that cannot hold together, in the user's words.</summary>
    public IReadOnlyList<string> Conflict { get; } = [];

    /// <summary>Changes of limits, smallest in sum, after which there is an answer.</summary>
    public IReadOnlyList<Relaxation> Relaxation { get; } = [];
}
