using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>Reads a committed segment back as the batch it was made from: parsed rows with what dedup found of them.</summary>
internal sealed class SegmentLoader(IRowParser parser, ITableFiles tables, int workers)
{
    /// <summary>Loads a segment. Throws <see cref="InvalidDataException"/> when one of its rows no longer parses.</summary>
    public RowBatch Load(PoolReader reader, LedgerRecord record, PoolPlan plan, StageSet stages, CancellationToken token)
    {
        SegmentRows rows = reader.SegmentRows((int)record.Segment);
        Sample[] samples = new Sample[rows.Count];
        string folder = SegmentFiles.PathOf(reader.Folder, record.Segment);
        long[] duplicateOf = ((IntegerData)tables.Read(Path.Combine(folder, PoolColumns.DuplicateOf + ".parquet"), [PoolColumns.DuplicateOf])[0].Data).Values;
        SourceFile[] files = [.. plan.Files.Select(f => f.ToSource())];
        Parallel.For(0, samples.Length, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = workers }, i =>
        {
            RowOrigin origin = rows.Origin(i);
            ParseOutcome outcome = parser.Parse(new RawRow(origin, rows.Read(i)), files[origin.File], new TextArena());
            Sample sample = outcome.Sample ?? throw new InvalidDataException($"Row {record.FirstRow + i} of the pool no longer parses: {outcome.Reason} Run 'sluice verify' on {reader.Folder}.");
            stages.Prepare(sample);
            sample.Row = record.FirstRow + i;
            sample.DuplicateOf = duplicateOf[i] == IntegerData.Missing ? -1 : duplicateOf[i];
            samples[i] = sample;
        });
        reader.Release((int)record.Segment);
        return new RowBatch { Sequence = record.Segment, Samples = samples, Rejections = [] };
    }
}
