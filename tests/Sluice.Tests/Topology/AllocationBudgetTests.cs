using System.Text;
using Sluice.Dedup;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Sources.JsonLines;
using Sluice.Stages;

namespace Sluice.Tests.Topology;

/// <summary>What the way from a file's bytes to a batch ready for dedup allocates: nothing a row, and little a batch.</summary>
public sealed class AllocationBudgetTests
{
    private const int Rows = 4096;

    [Theory]
    [InlineData(200)]
    [InlineData(600)]
    [InlineData(2000)]
    public void FrameParsePrepare_RowsOfAnyLength_AllocateLessThan64BytesEach(int textLength)
    {
        byte[] file = File(textLength);
        ParseStage parse = new(new RowParser(new SourceLimits()), new DedupPreparation(new DedupOptions()).Prepare);
        SourceFile source = new(0, "/rows.jsonl", "rows.jsonl", SourceFormat.JsonLines, Compression.None, RowShapes.Auto, "", null);
        Assert.Equal(Rows, Run(file, parse, source));
        Run(file, parse, source);

        // The least of some runs: other tests take from the same array pools meanwhile.
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(file, parse, source);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least / Rows, 0, 64);
    }

    private static int Run(byte[] file, ParseStage parse, SourceFile source)
    {
        ChunkBuilder chunks = new(0, 512, long.MaxValue);
        LineFramer framer = new(chunks, SourcePosition.Start, 1 << 20);
        int rows = 0;
        for (int at = 0; at <= file.Length; at += 65536)
        {
            framer.Push(file.AsMemory(at, Math.Min(65536, file.Length - at)), block: null);
            if (at + 65536 > file.Length)
            {
                framer.Finish();
            }

            while (chunks.TryTake(out RawChunk? chunk))
            {
                RowBatch batch = parse.Process(new RawBatch { Sequence = 0, Segment = 0, ClosesSegment = false, File = source, Chunk = chunk, Bytes = 0 }, CancellationToken.None);
                rows += batch.Samples.Count;
                batch.Release();
            }
        }

        return rows;
    }

    private static byte[] File(int textLength)
    {
        StringBuilder text = new();
        Random random = new(3);
        for (int row = 0; row < Rows; row++)
        {
            text.Append("{\"instruction\": \"Say it\\nagain.\", \"output\": \"");
            for (int end = text.Length + textLength; text.Length < end;)
            {
                text.Append((char)('a' + random.Next(26)), random.Next(1, 9)).Append(' ');
            }

            text.Append("\"}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
