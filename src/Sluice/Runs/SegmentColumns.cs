using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>Puts the new columns of a segment's batches together and commits them with its last batch. Takes the batches in order, one at a time.</summary>
internal sealed class SegmentColumns(PoolWriter pool)
{
    private readonly Dictionary<string, List<ColumnData>> _chunks = new(StringComparer.Ordinal);

    /// <summary>Takes a batch; columns that were only read for it stay as they are.</summary>
    public void Add(RowBatch batch, StaleSegment segment)
    {
        foreach ((string name, ColumnData data) in batch.Columns.Where(column => !segment.Reads.Contains(column.Key)))
        {
            if (!_chunks.TryGetValue(name, out List<ColumnData>? chunks))
            {
                _chunks[name] = chunks = [];
            }

            chunks.Add(data);
        }

        if (batch.ClosesSegment)
        {
            pool.Amend((int)segment.Record.Segment, _chunks.ToDictionary(column => column.Key, column => ColumnJoin.Join(column.Key, column.Value)));
            _chunks.Clear();
        }
    }
}
