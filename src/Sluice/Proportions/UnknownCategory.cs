namespace Sluice.Proportions;

/// <summary>What to do with a category of the rows that the effect-equivalence matrix does not hold.</summary>
internal enum UnknownCategory
{
    /// <summary>Refuse, and list them: a category is easily misspelt.</summary>
    Refuse,

    /// <summary>Take it as independent: worth 1 to itself, 0 to and from all others.</summary>
    Independent,
}
