using Sluice.Dedup;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Makes what dedup needs of each row: its content hash and, for near dedup, its shingles and band keys. Safe for many batches at once.</summary>
internal sealed class DedupPreparation(DedupOptions options)
{
    private readonly MinHashSignature? _signature = options.Near ? new MinHashSignature(options.MinJaccard) : null;

    /// <summary>Sets the samples' hashes and the batch's shingles.</summary>
    public void Prepare(RowBatch batch)
    {
        if (_signature is null)
        {
            foreach (Sample sample in batch.Samples)
            {
                sample.ContentHash = ContentHash.Compute(sample.Turns);
            }

            return;
        }

        batch.Shingles = new RowShingles(batch.Samples.Count, _signature.Bands);
        foreach (Sample sample in batch.Samples)
        {
            sample.ContentHash = ContentFingerprint.Compute(sample.Turns, options.ShingleWords, _signature, batch.Shingles);
        }
    }
}
