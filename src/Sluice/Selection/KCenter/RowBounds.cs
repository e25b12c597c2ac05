namespace Sluice.Selection.KCenter;

/// <summary>What the bounds that spare exact distances are made from. The choice is the same with either.</summary>
internal enum RowBounds
{
    /// <summary>The rows themselves, read again whenever a bound is wanted: no memory of their own.</summary>
    Full,

    /// <summary>A byte a number, held in memory: a quarter of the rows, which are then read only to confirm what the bounds leave open.</summary>
    Bytes,
}
