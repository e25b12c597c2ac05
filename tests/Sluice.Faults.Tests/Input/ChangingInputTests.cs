using System.Text;
using Sluice.Pool;
using Sluice.Runs;
using Sluice.Sources;
using Sluice.Topology;
using Sluice.Zstd;

namespace Sluice.Faults.Tests.Input;

/// <summary>Files that change while they are read: the run ends, and no segment with a row read after the change is let through.</summary>
public sealed class ChangingInputTests : IDisposable
{
    private const int Rows = 20_000;
    private static readonly FlowOptions s_flow = new() { BatchRows = 100 };
    private readonly Scratch _scratch = new();
    private readonly DuckDb.DuckDbFiles _tables = new(new DuckDb.DuckDbOptions());

    public void Dispose()
    {
        _tables.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("grows", "bytes, last written")]
    [InlineData("is rewritten in place", "changed while it was read")]
    [InlineData("is replaced", "changed while it was read")]
    [InlineData("is cut", "changed while it was read")]
    [InlineData("is removed", "was removed while it was read")]
    public async Task ReadAsync_FileThatChanges_EndsBeforeItsNextSegment(string how, string expected)
    {
        string path = _scratch.Write("a.jsonl", Content('a'));
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        int segments = 0;

        IOException fault = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RawBatch batch in await ReadAsync(path, segmentRows: 1000))
            {
                Assert.True(segments == 0 || batch.Segment == segments, "a batch of a segment behind the change");
                if (batch.ClosesSegment && ++segments == 1)
                {
                    Change(path, how);
                }
            }
        });

        Assert.Equal(1, segments);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grows")]
    [InlineData("is rewritten in place")]
    public async Task ReadAsync_FileThatChangesInItsLastSegment_GivesNoEnd(string how)
    {
        string path = _scratch.Write("a.jsonl", Content('a'));
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        bool changed = false;

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RawBatch batch in await ReadAsync(path, segmentRows: 1_000_000))
            {
                Assert.False(batch.Chunk.End);
                if (!changed)
                {
                    changed = true;
                    Change(path, how);
                }
            }
        });
    }

    [Fact]
    public async Task ReadAsync_FileChangedBetweenPlanAndReading_GivesNoEnd()
    {
        string path = _scratch.Write("a.jsonl", Encoding.UTF8.GetBytes("{}\n"));
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        IAsyncEnumerable<RawBatch> batches = await ReadAsync(path, segmentRows: 1000);
        Change(path, "grows");

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RawBatch batch in batches)
            {
                Assert.Fail("a batch came through");
            }
        });
    }

    [Fact]
    public async Task ReadAsync_LinkWhoseTargetChanges_EndsToo()
    {
        string target = _scratch.Write("target", Content('a'));
        File.SetLastWriteTimeUtc(target, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.CreateSymbolicLink(_scratch["a.jsonl"], target);
        IAsyncEnumerable<RawBatch> batches = await ReadAsync(_scratch["a.jsonl"], segmentRows: 1000);
        Change(target, "grows");

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RawBatch batch in batches)
            {
                Assert.False(batch.ClosesSegment);
            }
        });
    }

    [Fact]
    public async Task ReadAsync_FileThatDoesNotChange_IsReadWhole()
    {
        int rows = 0;
        await foreach (RawBatch batch in await ReadAsync(_scratch.Write("a.jsonl", Content('a')), segmentRows: 1000))
        {
            rows += batch.Chunk.Rows.Count;
        }

        Assert.Equal(Rows, rows);
    }

    private static byte[] Content(char letter) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Rows).Select(i => $$"""{"instruction":"{{letter}}{{i}}","output":"{{new string(letter, 100)}}"}""" + "\n")));

    private void Change(string path, string how)
    {
        switch (how)
        {
            case "grows":
                File.AppendAllText(path, "{}\n");
                break;
            case "is rewritten in place":
                File.WriteAllBytes(path, Content('b'));
                break;
            case "is replaced":
                File.Move(_scratch.Write("new", Content('b')), path, overwrite: true);
                break;
            case "is cut":
                using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(file.Length - 1);
                }

                break;
            default:
                File.Delete(path);
                break;
        }
    }

    // Stamped, planned, then read, as a run does it.
    private async Task<IAsyncEnumerable<RawBatch>> ReadAsync(string path, int segmentRows)
    {
        ZstdDecoder zstandard = new("");
        SourceLimits limits = new();
        IReadOnlyList<SourceFile> files = new SourceResolver(limits, zstandard).Resolve([new SourceSpec { Path = path }], _scratch.Folder).Files;
        FileStamps stamps = FileStamps.Take(files);
        IReadOnlyList<PlannedFile> planned = await InputPlanner.PlanAsync(files, static _ => -1, null, CancellationToken.None);
        InputReader reader = new(new SourceReader(limits, zstandard, _tables), s_flow, new PoolOptions { SegmentRows = segmentRows }, new FlowBudget(new FlowOptions { MaxRows = 10 * Rows, MaxBytes = 1L << 32 }), stamps);
        return reader.ReadAsync(planned, 0, SourcePosition.Start, 0, CancellationToken.None);
    }
}
