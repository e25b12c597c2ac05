using System.Text;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Tests.Pool;

public sealed class PoolWriterTests
{
    [Fact]
    public void Commit_TwoSegments_ReadBackRowsColumnsIdsAndCounts()
    {
        using TemporaryFolder folder = new();
        PoolPlan plan = PoolFixture.Plan("a.jsonl");
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, plan))
        {
            writer.Append(PoolFixture.Batch(0, 3, closes: false));
            writer.Append(PoolFixture.Batch(3, 2, closes: true, s => s.DuplicateOf = s.Row == 4 ? 1 : -1, rejected: 2));
            writer.Append(PoolFixture.Batch(5, 1, closes: false, ends: true));
            writer.Commit();
        }

        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        Assert.Equal(6, pool.Rows);
        Assert.Equal(new RowCounts(8, 5, 1, 2), pool.Counts);
        Assert.True(pool.Counts.Holds);
        Assert.Equal([2L, 0, 0, 1], [pool.Records.Count, pool.Records[^1].NextOffset, pool.Records[^1].NextNumber, pool.Records[^1].NextFile]);
        Assert.Equal("""{"instruction":"say 5","output":"5 é"}""", Encoding.UTF8.GetString(pool.ReadRow(5)));
        Assert.Equal("a.jsonl#4", pool.Id(3));
        Assert.Equal([0, 0.1, 0.2, 0.3, double.NaN, 0.5], ((NumberData)pool.Column("quality")).Values);
        Assert.Equal(new string?[] { "even", "odd", "even", "odd", "even", "odd" }, ((TextData)pool.Column("category")).Values);
        Assert.Equal([5f, -5, 0, 0, 3, -3], pool.Vectors("embedding", [5, 0, 3]).Values);
        Assert.Equal([IntegerData.Missing, IntegerData.Missing, IntegerData.Missing, IntegerData.Missing, 1, IntegerData.Missing], ((IntegerData)pool.Column("duplicate_of")).Values);
        Assert.Equal(["category", "duplicate_of", "embedding", "quality", "similarity"], pool.Columns().Select(c => c.Name));
        string rejects = File.ReadAllText(Path.Combine(SegmentFiles.PathOf(folder.Path, 0), SegmentFiles.Rejects));
        Assert.Contains("\"rawBase64\":\"/0E=\"", rejects, StringComparison.Ordinal);
        Assert.Contains("\"offset\":9001", rejects, StringComparison.Ordinal);
    }

    [Fact]
    public void PlacesAhead_SegmentsWithAndWithoutRows_GivesEveryIdAndKeepsThemBesideTheSources()
    {
        using TemporaryFolder folder = new();
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl")))
        {
            for (int segment = 0; segment < 70; segment++)
            {
                // Every tenth segment holds rejected rows alone.
                int rows = segment % 10 == 9 ? 0 : 2;
                writer.Append(PoolFixture.Batch(2 * (segment - (segment / 10)), rows, closes: true, rejected: 1, ends: segment == 69));
                writer.Commit();
            }
        }

        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        string[] alone = [.. Enumerable.Range(0, (int)pool.Rows).Select(row => pool.Id(row))];
        using PoolReader loaded = PoolReader.Open(folder.Path, PoolFixture.Tables);
        SegmentRows first = loaded.SegmentRows(0);
        using (PlacesAhead places = new(loaded))
        {
            places.Complete();
        }

        Assert.Same(first, loaded.SegmentRows(0));
        SegmentRows held = loaded.SegmentRows(69 - 1);
        Assert.Equal("a.jsonl", ((TextData)loaded.Column(PoolColumns.Source)).Values[^1]);
        Assert.Same(held, loaded.SegmentRows(69 - 1));
        Assert.Equal(alone, Enumerable.Range(0, (int)loaded.Rows).Select(row => loaded.Id(row)));
        Assert.Equal(pool.ReadRow(57), loaded.ReadRow(57));
        Assert.Equal(pool.Origin(57), loaded.Origin(57));
    }

    [Fact]
    public void Amend_AColumn_TakesItsPlaceAndOutlivesAReopening()
    {
        using TemporaryFolder folder = new();
        PoolPlan plan = PoolFixture.Plan("a.jsonl");
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, plan))
        {
            writer.Append(PoolFixture.Batch(0, 3, closes: true));
            writer.Append(PoolFixture.Batch(3, 2, closes: true));
        }

        Dictionary<string, string> fingerprints = new() { ["quality"] = "q2", ["complexity"] = "c1" };
        using (PoolWriter writer = new(folder.Path, plan, PoolFixture.Tables, fingerprints, withDuplicates: true))
        {
            writer.Amend(0, new Dictionary<string, ColumnData> { ["quality"] = new NumberData([7, 8, 9]), ["complexity"] = new NumberData([1, 2, 3]) });
            // Cut off here, the pool holds two models' numbers in one column: they are not to be compared.
            using (PoolReader between = PoolReader.Open(folder.Path, PoolFixture.Tables))
            {
                InvalidDataException fault = Assert.Throws<InvalidDataException>(() => between.Column("quality"));
                Assert.Contains("Found the scores of 2 models in column 'quality'", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(between.Columns(), c => c.Name == "complexity");
            }

            writer.Amend(1, new Dictionary<string, ColumnData> { ["quality"] = new NumberData([10, 11]), ["complexity"] = new NumberData([4, 5]) });
        }

        using (PoolWriter again = new(folder.Path, plan, PoolFixture.Tables, fingerprints, withDuplicates: true))
        {
            again.Append(PoolFixture.Batch(5, 1, closes: false));
            Assert.Equal((2, 5L), (again.Committed.Count, again.NextRow));
        }

        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        Assert.Equal([7, 8, 9, 10, 11], ((NumberData)pool.Column("quality")).Values);
        Assert.Equal([1, 2, 3, 4, 5], ((NumberData)pool.Column("complexity")).Values);
        Assert.Equal(new string?[] { "even", "odd", "even", "odd", "even" }, ((TextData)pool.Column("category")).Values);
        Assert.False(File.Exists(Path.Combine(SegmentFiles.PathOf(folder.Path, 0), "quality.parquet")), "the file that was replaced should be deleted by the next start");
        List<VerifyFinding> findings = [];
        PoolVerifier.Verify(folder.Path, findings, CancellationToken.None);
        Assert.Empty(findings);
    }

    [Fact]
    public void Amend_OtherNumberOfRows_IsABug()
    {
        using TemporaryFolder folder = new();
        using PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl"));
        writer.Append(PoolFixture.Batch(0, 3, closes: true));
        Assert.Throws<InvalidOperationException>(() => writer.Amend(0, new Dictionary<string, ColumnData> { ["quality"] = new NumberData([7]) }));
    }

    [Fact]
    public void Column_UnknownName_ListsWhatThereIs()
    {
        using TemporaryFolder folder = new();
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, 3, closes: true));
        }

        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => pool.Column("qualty"));
        Assert.Contains("Did you mean 'quality'?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterACrash_DropsWhatTheLedgerDoesNotName()
    {
        using TemporaryFolder folder = new();
        PoolPlan plan = PoolFixture.Plan("a.jsonl");
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, plan))
        {
            writer.Append(PoolFixture.Batch(0, 4, closes: true));
            writer.Append(PoolFixture.Batch(4, 4, closes: false));
        }

        string ledger = Path.Combine(folder.Path, Ledger.FileName);
        long whole = new FileInfo(ledger).Length;
        // A rename that happened before its ledger line, and a line that was cut off in the middle.
        Directory.CreateDirectory(SegmentFiles.PathOf(folder.Path, 1));
        File.AppendAllText(ledger, "{\"check\":\"0123456789abcdef\",\"record\":{\"seg");
        using (PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables))
        {
            Assert.Equal(4, pool.Rows);
        }

        using PoolWriter next = PoolFixture.Writer(folder.Path, plan);
        Assert.Equal(4, next.NextRow);
        Assert.Equal(whole, new FileInfo(ledger).Length);
        Assert.Equal([SegmentFiles.PathOf(folder.Path, 0)], Directory.GetDirectories(Path.Combine(folder.Path, SegmentFiles.Folder)));
        next.Append(PoolFixture.Batch(4, 4, closes: true));
        Assert.Equal(2, next.Committed.Count);
    }

    [Fact]
    public void Open_DamagedLineInTheMiddle_Refuses()
    {
        using TemporaryFolder folder = new();
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, 4, closes: true));
            writer.Append(PoolFixture.Batch(4, 4, closes: true));
        }

        string ledger = Path.Combine(folder.Path, Ledger.FileName);
        byte[] bytes = File.ReadAllBytes(ledger);
        bytes[60] ^= 1;
        File.WriteAllBytes(ledger, bytes);

        Assert.Contains("Line 1", Assert.Throws<InvalidDataException>(() => Ledger.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OneFlippedByteInAnyFile_NamesTheFile()
    {
        using TemporaryFolder folder = new();
        using (PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, 4, closes: true, rejected: 1));
        }

        List<VerifyFinding> none = [];
        PoolVerifier.Verify(folder.Path, none, default);
        Assert.Empty(none);
        foreach (string path in Directory.GetFiles(SegmentFiles.PathOf(folder.Path, 0)))
        {
            byte[] good = File.ReadAllBytes(path);
            byte[] bad = [.. good];
            bad[^1] ^= 0x20;
            File.WriteAllBytes(path, bad);
            List<VerifyFinding> findings = [];
            PoolVerifier.Verify(folder.Path, findings, default);
            Assert.Equal(path, Assert.Single(findings).Path);
            File.WriteAllBytes(path, good);
        }
    }

    [Fact]
    public void Append_ColumnOfAnotherLength_IsABug()
    {
        using TemporaryFolder folder = new();
        using PoolWriter writer = PoolFixture.Writer(folder.Path, PoolFixture.Plan("a.jsonl"));
        RowBatch batch = PoolFixture.Batch(0, 4, closes: true);
        batch.Columns["quality"] = new NumberData([1, 2, 3]);

        Assert.Contains("bug", Assert.Throws<InvalidOperationException>(() => writer.Append(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_SecondOwner_IsRefusedAndTheFirstIsNamed()
    {
        using TemporaryFolder folder = new();
        using (PoolLock first = PoolLock.Take(folder.Path, TimeProvider.System))
        {
            Assert.Contains($"process {Environment.ProcessId}", Assert.Throws<Sluice.Configuration.ConfigurationException>(
                () => PoolLock.Take(folder.Path, TimeProvider.System)).Errors[0].Message, StringComparison.Ordinal);
        }

        PoolLock.Take(folder.Path, TimeProvider.System).Dispose();
    }
}
