using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Stages;

/// <summary>Turns framed rows into samples, or into rejections that keep their bytes. Holds no state.</summary>
internal sealed class ParseStage(IRowParser parser, Action<RowBatch>? prepare)
{
    /// <summary>Name in figures and in rejections.</summary>
    public const string Name = "parse";

    /// <summary>Parses a batch. <paramref name="raw"/> rows with a fault, and rows the parser refuses, become rejections.</summary>
    public RowBatch Process(RawBatch raw, CancellationToken token)
    {
        List<Sample> samples = new(raw.Chunk.Rows.Count);
        List<Rejection> rejections = [];
        SampleArena arena = SampleArena.Take();
        foreach (ref readonly RawRow row in raw.Chunk.Span)
        {
            token.ThrowIfCancellationRequested();
            if (row.Fault is not null)
            {
                rejections.Add(new Rejection(row.Origin, "read", row.Fault, row.Bytes));
                continue;
            }

            ParseOutcome outcome = parser.Parse(row, raw.File, arena);
            if (outcome.Sample is { } sample)
            {
                samples.Add(sample);
            }
            else
            {
                rejections.Add(new Rejection(row.Origin, Name, outcome.Reason ?? "The parser gave no reason. This is a bug.", row.Bytes));
            }
        }

        RowBatch batch = new()
        {
            Sequence = raw.Sequence,
            Segment = raw.Segment,
            ClosesSegment = raw.ClosesSegment,
            File = raw.File.Index,
            NextOffset = raw.Chunk.Next.Offset,
            NextNumber = raw.Chunk.Next.Number,
            EndsFile = raw.Chunk.End,
            Samples = samples,
            Rejections = rejections,
            Bytes = raw.Bytes,
        };
        batch.Owned.Add(raw.Chunk);
        batch.Owned.Add(arena);

        // Content hash, shingles and band keys are made here, where many batches are worked on at once, not in the ordered stages that use them.
        prepare?.Invoke(batch);
        return batch;
    }
}
