using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Numbers the pool's rows in source order and marks every row whose normalised content stood before: the first one wins.</summary>
/// <param name="options">Whether rows are marked at all, and memory.</param>
/// <param name="scratchPath">A file of its own, and others whose names go on, made with the first row that is looked for and deleted with the stage.</param>
internal sealed class ExactDedupStage(DedupOptions options, string scratchPath) : IOrderedStage, IDisposable
{
    private ExactIndex? _index;
    private long _next;

    public string Name => "exact";

    public void Process(RowBatch batch, CancellationToken token)
    {
        foreach (Sample sample in batch.Samples)
        {
            sample.Row = _next++;
            long first = options.Exact ? Index().FindOrAdd(sample.ContentHash, sample.Row) : -1;
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
            if (options.Exact)
            {
                // Near repeats stood in the index too, whatever was found of them later.
                Index().FindOrAdd(sample.ContentHash, sample.Row);
            }
        }
    }

    public void Dispose() => _index?.Dispose();

    private ExactIndex Index()
    {
        if (_index is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratchPath)!);
            _index = new ExactIndex(scratchPath, BandIndexSizes.ForExact(options));
        }

        return _index;
    }
}
