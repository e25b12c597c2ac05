using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Numbers the pool's rows in source order and marks every row whose normalised content stood before: the first one wins.</summary>
internal sealed class ExactDedupStage(bool enabled) : IOrderedStage
{
    private readonly ExactIndex _index = new();
    private long _next;

    public string Name => "exact";

    public void Process(RowBatch batch, CancellationToken token)
    {
        foreach (Sample sample in batch.Samples)
        {
            sample.Row = _next++;
            long first = enabled ? _index.FindOrAdd(sample.ContentHash, sample.Row) : -1;
            if (first >= 0)
            {
                sample.DuplicateOf = first;
                sample.Similarity = 1;
                sample.IsExactDuplicate = true;
            }
        }
    }

    public void Restore(RowBatch batch, CancellationToken token)
    {
        foreach (Sample sample in batch.Samples)
        {
            _next = sample.Row + 1;
            if (enabled)
            {
                // Near repeats stood in the index too, whatever was found of them later.
                _index.FindOrAdd(sample.ContentHash, sample.Row);
            }
        }
    }
}
