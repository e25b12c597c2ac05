namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>A row of a workload.</summary>
/// <param name="File">Its input file.</param>
/// <param name="Number">Its 1-based number there.</param>
/// <param name="Row">Its row in the pool; -1 for a rejected one.</param>
/// <param name="DuplicateOf">The pool row that it repeats, or -1.</param>
/// <param name="Raw">Its bytes.</param>
internal sealed record WorkRow(int File, long Number, long Row, long DuplicateOf, byte[] Raw)
{
    public bool IsRejected => Row < 0;
}
