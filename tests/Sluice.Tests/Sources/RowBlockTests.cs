using Sluice.Sources;
using Sluice.Sources.JsonLines;

namespace Sluice.Tests.Sources;

public sealed class RowBlockTests
{
    [Fact]
    public void Dispose_OneChunk_LeavesTheRowsOfTheOthersAlone()
    {
        // 200 rows of about 1 KB: several blocks, shared between chunks of 7 rows.
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"{{\"row\":{i},\"text\":\"{new string((char)('a' + (i % 26)), 1000 + i)}\"}}")];
        ChunkBuilder chunks = new(0, 7, long.MaxValue);
        LineFramer framer = new(chunks, SourcePosition.Start, 1 << 20);
        foreach (string row in rows)
        {
            framer.Push(System.Text.Encoding.UTF8.GetBytes(row + "\n"), block: null);
        }

        framer.Finish();
        List<RawChunk> all = [];
        while (chunks.TryTake(out RawChunk? chunk))
        {
            all.Add(chunk);
        }

        Assert.Equal(29, all.Count);
        int seen = 0;
        for (int i = 0; i < all.Count; i++)
        {
            // What is given back is filled over in debug builds, and rented again by the framer below.
            Assert.All(all[i].Rows, row => Assert.Equal(rows[seen++], System.Text.Encoding.UTF8.GetString(row.Bytes.Span)));
            all[i].Dispose();
            all[i].Dispose();
            new LineFramer(new ChunkBuilder(0, 1, 1), SourcePosition.Start, 1 << 20).Push(System.Text.Encoding.UTF8.GetBytes(new string('!', 70_000)), block: null);
        }

        Assert.Equal(rows.Length, seen);
    }
}
