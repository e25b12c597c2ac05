using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>
/// Marks rows whose word shingles overlap with those of an earlier kept row by the Jaccard limit or more. Only kept rows are compared with, so that a chain of small
/// changes does not fold far rows into one.
/// </summary>
internal sealed class NearDedupStage : IOrderedStage, IDisposable
{
    private readonly MinHashSignature _signature;
    private readonly DedupOptions _options;
    private readonly string _scratchPath;
    private readonly uint[] _keys;
    private NearDuplicateIndex? _index;

    /// <param name="options">Limit and cache.</param>
    /// <param name="scratchPath">A file of its own, made with the first row and deleted with the stage.</param>
    public NearDedupStage(DedupOptions options, string scratchPath)
    {
        _signature = new MinHashSignature(options.MinJaccard);
        _options = options;
        _scratchPath = scratchPath;
        _keys = new uint[_signature.Bands];
    }

    public string Name => "near";

    public void Process(RowBatch batch, CancellationToken token)
    {
        foreach (Sample sample in batch.Samples)
        {
            token.ThrowIfCancellationRequested();
            if (sample.IsDuplicate || sample.Shingles.Length == 0)
            {
                continue;
            }

            _signature.ComputeBandKeys(sample.Shingles, _keys);
            NearMatch match = Index().FindOrAdd(sample.Row, _keys, sample.Shingles);
            if (match.Row >= 0)
            {
                sample.DuplicateOf = match.Row;
                sample.Similarity = match.Similarity;
            }
        }
    }

    public void Restore(RowBatch batch, CancellationToken token)
    {
        foreach (Sample sample in batch.Samples)
        {
            if (!sample.IsDuplicate && sample.Shingles.Length > 0)
            {
                _signature.ComputeBandKeys(sample.Shingles, _keys);
                Index().Add(sample.Row, _keys, sample.Shingles);
            }
        }
    }

    public void Dispose() => _index?.Dispose();

    private NearDuplicateIndex Index()
    {
        if (_index is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_scratchPath)!);
            _index = new NearDuplicateIndex(_signature.Bands, _options.MinJaccard, _scratchPath, _options.CacheMegabytes * 1024L * 1024);
        }

        return _index;
    }
}
