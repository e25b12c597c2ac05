namespace Sluice.Selection.FacilityLocation;

/// <summary>Takes the shortfalls of one pair of blocks of rows from <see cref="PairBlocks"/>, on one thread.</summary>
internal interface IPairReader
{
    /// <summary>Sixteen shortfalls of a row of the first block, to rows of the second from <paramref name="first"/> on. Called for all rows, ascending, before the next sixteen.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The row that the first shortfall is to.</param>
    /// <param name="taken">How many of the shortfalls count; the others repeat the last.</param>
    /// <param name="shortfalls">The shortfalls; overwritten after the call.</param>
    void Take(int row, int first, int taken, ReadOnlySpan<float> shortfalls);

    /// <summary>The pair of blocks is done.</summary>
    void End();
}
