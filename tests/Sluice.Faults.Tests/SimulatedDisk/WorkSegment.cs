using Sluice.Pool;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>A segment that a workload fills.</summary>
/// <param name="FirstRow">Pool rows before it.</param>
/// <param name="Batches">What fills it, in order.</param>
/// <param name="IsReplay">Whether its rows are mended rejects.</param>
internal sealed record WorkSegment(long FirstRow, IReadOnlyList<WorkBatch> Batches, bool IsReplay)
{
    /// <summary>Its rows in the pool.</summary>
    public IReadOnlyList<WorkRow> Rows { get; } = [.. Batches.SelectMany(batch => batch.Rows).Where(row => !row.IsRejected)];

    /// <summary>Its rows by fate.</summary>
    public RowCounts Counts => Count(Batches);

    /// <summary>Its rows by fate and file.</summary>
    public IReadOnlyList<FileCounts> ByFile => [.. Batches.GroupBy(batch => batch.File).OrderBy(g => g.Key).Select(g => new FileCounts(g.Key, Count(g)))];

    private RowCounts Count(IEnumerable<WorkBatch> batches)
    {
        WorkRow[] rows = [.. batches.SelectMany(batch => batch.Rows)];
        int rejected = rows.Count(row => row.IsRejected);
        int duplicates = rows.Count(row => row.DuplicateOf >= 0);
        int annotated = rows.Length - rejected - duplicates;
        return IsReplay ? new(0, annotated, duplicates, -rows.Length, duplicates) : new(rows.Length, annotated, duplicates, rejected, duplicates);
    }
}
