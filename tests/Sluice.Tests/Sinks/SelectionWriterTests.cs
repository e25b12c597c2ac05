using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Recipes;
using Sluice.Sinks;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Sinks;

public sealed class SelectionWriterTests
{
    [Fact]
    public void Write_ManyRows_GoToTheDiskInBlocks()
    {
        const int rows = 4000;
        using TemporaryFolder folder = new();
        string poolPath = folder["pool"];
        using (PoolWriter writer = PoolFixture.Writer(poolPath, PoolFixture.Plan("a.jsonl")))
        {
            writer.Append(PoolFixture.Batch(0, rows, closes: false, ends: true));
            writer.Commit();
        }

        using PoolReader pool = PoolReader.Open(poolPath, PoolFixture.Tables);
        double[] quality = ((Records.NumberData)pool.Column("quality")).Values;
        long[] chosen = [.. Enumerable.Range(0, rows).Select(i => rows - 1L - i)];
        RecipeOutcome outcome = new() { Candidates = rows, Selected = chosen, Dropped = [], Steps = [], RowFigures = new Dictionary<string, IReadOnlyDictionary<long, double>>() };
        WriteCount count = new();
        OutputFolder output = new(folder["out"], new PoolDisk(count));
        SelectionWriter.Write(output, pool, outcome, new SortedDictionary<string, double[]> { ["quality"] = quality }, new SortedDictionary<string, string?[]>(), CancellationToken.None);

        string[] lines = File.ReadAllLines(output.PathOf(SelectionWriter.FileName));
        Assert.Equal(rows, lines.Length);
        JsonElement last = JsonElement.Parse(lines[^2]);
        Assert.Equal((rows - 2, 1, "a.jsonl#2", 0.1), (last.GetProperty("rank").GetInt32(), last.GetProperty("row").GetInt32(), last.GetProperty("id").GetString(), last.GetProperty("quality").GetDouble()));

        // A write a line took a second for fifty thousand rows.
        Assert.InRange(count.Writes, 1, rows / 100);
    }

    private sealed class WriteCount : IDiskWatch
    {
        public int Writes { get; private set; }

        public int Before(in DiskStep step)
        {
            Writes += step.Point == "output.write" ? 1 : 0;
            return step.Bytes;
        }

        public void After(in DiskStep step)
        {
        }
    }
}
