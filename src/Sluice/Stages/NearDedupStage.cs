using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Marks rows whose word shingles overlap with those of an earlier kept row by the Jaccard limit or more. Only kept rows are compared with, so that a chain of small
/// changes does not fold far rows into one. Its batches have been through <see cref="DedupPreparation"/> with the same options.
/// </summary>
/// <param name="options">Limit and memory.</param>
/// <param name="scratchPath">A file of its own, and others whose names go on, made with the first row and deleted with the stage.</param>
internal sealed class NearDedupStage(DedupOptions options, string scratchPath) : IOrderedStage, IDisposable
{
    private NearDuplicateIndex? _index;

    public string Name => "near";

    public void Process(RowBatch batch, CancellationToken token)
    {
        RowShingles shingles = Prepared(batch);
        for (int i = 0; i < shingles.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            Sample sample = batch.Samples[i];
            if (sample.IsDuplicate || shingles.Set(i).IsEmpty)
            {
                continue;
            }

            if (i + 1 < shingles.Count)
            {
                Index().Prefetch(shingles.Keys(i + 1));
            }

            NearMatch match = Index().FindOrAdd(sample.Row, shingles.Keys(i), shingles.Set(i));
            if (match.Row >= 0)
            {
                sample.DuplicateOf = match.Row;
                sample.Similarity = match.Similarity;
            }
        }
    }

    public void Restore(RowBatch batch, CancellationToken token)
    {
        RowShingles shingles = Prepared(batch);
        for (int i = 0; i < shingles.Count; i++)
        {
            if (i + 1 < shingles.Count)
            {
                Index().Prefetch(shingles.Keys(i + 1));
            }

            if (!batch.Samples[i].IsDuplicate && !shingles.Set(i).IsEmpty)
            {
                Index().Add(batch.Samples[i].Row, shingles.Keys(i), shingles.Set(i));
            }
        }
    }

    public void Dispose() => _index?.Dispose();

    private static RowShingles Prepared(RowBatch batch) =>
        batch.Shingles is { } shingles && shingles.Count == batch.Samples.Count
            ? shingles
            : throw new InvalidOperationException($"A batch of {batch.Samples.Count} rows reached near dedup with the shingles of {batch.Shingles?.Count ?? 0}. This is a bug.");

    private NearDuplicateIndex Index()
    {
        if (_index is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratchPath)!);
            _index = new NearDuplicateIndex(new MinHashSignature(options.MinJaccard), options.MinJaccard, scratchPath, options.CacheMegabytes * 1024L * 1024, BandIndexSizes.ForNear(options));
        }

        return _index;
    }
}
