namespace Sluice.Selection.ScoreFirst;

/// <summary>What is known of one row of a block.</summary>
internal struct Verdict
{
    /// <summary>Place of the first row whose measure is above the limit; -1 when there is none.</summary>
    public int Blocker;

    /// <summary>The measure of that row.</summary>
    public float Value;

    /// <summary>Place among the kept rows, or -1, of the row with the highest measure so far.</summary>
    public int Nearest;

    /// <summary>That measure, as the quick arithmetic gives it.</summary>
    public float Highest;

    /// <summary>Nothing known yet.</summary>
    public static Verdict None => new() { Blocker = -1, Nearest = -1, Highest = float.NegativeInfinity };
}
