namespace Sluice.Selection.KCenter;

/// <summary>What to do when every row that is left repeats a chosen one (all distances 0).</summary>
internal enum WhenExhausted
{
    /// <summary>Stop with fewer rows than asked for.</summary>
    Stop,

    /// <summary>Add the rows that are left, lowest index first.</summary>
    Fill,
}
