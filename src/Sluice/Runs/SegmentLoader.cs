using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs;

/// <summary>Reads a committed segment back as the batch it was made from: parsed rows with what dedup found of them.</summary>
internal sealed class SegmentLoader(IRowParser parser, ITableFiles tables, int workers)
{
    /// <summary>Threads at most.</summary>
    public int Workers => workers;

    /// <summary>Loads a segment. Throws <see cref="InvalidDataException"/> when one of its rows no longer parses.</summary>
    public RowBatch Load(PoolReader reader, LedgerRecord record, CancellationToken token)
    {
        Sample[] samples = new Sample[record.Rows];
        string folder = SegmentFiles.PathOf(reader.Folder, record.Segment);
        long[] duplicateOf = ((IntegerData)tables.Read(Path.Combine(folder, PoolColumns.DuplicateOf + ".parquet"), [PoolColumns.DuplicateOf])[0].Data).Values;
        SegmentSamples.Parse(reader, (int)record.Segment, [.. Enumerable.Range(0, samples.Length)], parser, workers, (i, sample) =>
        {
            sample.Row = record.FirstRow + i;
            sample.DuplicateOf = duplicateOf[i] == IntegerData.Missing ? -1 : duplicateOf[i];
            samples[i] = sample;
        }, token);
        return new RowBatch { Sequence = record.Segment, Samples = samples, Rejections = [] };
    }
}
