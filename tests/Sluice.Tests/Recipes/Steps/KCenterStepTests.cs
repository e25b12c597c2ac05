using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Records;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Recipes.Steps;

/// <summary>k-center over a pool on disk, whose vectors stay in its mapped files, beside one in memory.</summary>
public sealed class KCenterStepTests
{
    private const int Rows = 90;
    private const int Width = 5;

    [Theory]
    [InlineData("auto", "euclidean")]
    [InlineData("full", "cosine")]
    [InlineData("bytes", "euclidean")]
    [InlineData("bytes", "cosine")]
    public void Apply_PoolOnDisk_SameAsInMemory(string bounds, string metric)
    {
        using TemporaryFolder folder = new();
        float[] values = Write(folder.Path);
        FixedPool held = new() { Rows = Rows, Embedding = new VectorData(values, Width) };
        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        long[] candidates = [.. Enumerable.Range(0, Rows).Select(r => (long)r).Where(r => r % 7 != 3)];

        RecipeOutcome expected = held.Run(candidates, Step("full", metric));
        RecipeOutcome found = new RecipeRunner(pool, held, TimeProvider.System).Run([Step(bounds, metric)], candidates, null, default);

        Assert.Equal(40, found.Selected.Count);
        Assert.Equal(expected.Selected, found.Selected);
        Assert.Equal(expected.Steps[0]["radius"]!.ToJsonString(), found.Steps[0]["radius"]!.ToJsonString());
        Assert.Equal((double)expected.Steps[0]["lowerBound"]!, (double)found.Steps[0]["lowerBound"]!);
    }

    [Fact]
    public void OpenVectors_AnyOrder_GivesTheRowsAskedFor()
    {
        using TemporaryFolder folder = new();
        Write(folder.Path);
        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        long[] rows = [89, 0, 31, 30, 29, 31];

        using IPoolVectors vectors = pool.OpenVectors("embedding", rows);
        float[] found = [.. Enumerable.Range(0, vectors.Count).SelectMany(i => vectors.Row(i).ToArray())];

        Assert.Equal(Width, vectors.Width);
        Assert.Equal(pool.Vectors("embedding", rows).Values, found);
        vectors.Dispose();
        Assert.Throws<ObjectDisposedException>(() => vectors.Row(0).Length);
    }

    [Fact]
    public void OpenVectors_FileCutOff_SaysSoInsteadOfTouchingIt()
    {
        using TemporaryFolder folder = new();
        Write(folder.Path);
        string path = Path.Combine(SegmentFiles.PathOf(folder.Path, 1), "embedding.f32");
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length - 1);
        }

        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        Assert.Contains("Found 599 bytes", Assert.Throws<InvalidDataException>(() => pool.OpenVectors("embedding", [40])).Message, StringComparison.Ordinal);
        Assert.Contains("holds Number values", Assert.Throws<InvalidDataException>(() => pool.OpenVectors("quality", [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_RowsWithoutVector_NamesTheLowest()
    {
        using TemporaryFolder folder = new();
        Write(folder.Path, 17, 64, 77);
        using PoolReader pool = PoolReader.Open(folder.Path, PoolFixture.Tables);
        FixedPool texts = new() { Rows = Rows };
        long[] candidates = [.. Enumerable.Range(20, 70).Select(r => (long)r)];

        RecipeException error = Assert.Throws<RecipeException>(() => new RecipeRunner(pool, texts, TimeProvider.System).Run([Step("auto", "euclidean")], candidates, null, default));
        Assert.Contains("no finite vector for row 64.", error.Message, StringComparison.Ordinal);
    }

    private static KCenterStep Step(string bounds, string metric) => new(new KCenterStepOptions { Count = 40, Bounds = bounds, Metric = metric });

    // Three segments; returns the matrix.
    private static float[] Write(string folder, params int[] absent)
    {
        Random random = new(4);
        float[] values = [.. Enumerable.Range(0, Rows * Width).Select(i => absent.Contains(i / Width) ? float.NaN : random.Next(-3, 4) + (i % 2 == 0 ? 0.25f : random.NextSingle()))];
        using PoolWriter writer = PoolFixture.Writer(folder, PoolFixture.Plan("a.jsonl"));
        for (int from = 0; from < Rows; from += 30)
        {
            RowBatch batch = PoolFixture.Batch(from, 30, closes: from < 60, ends: from == 60);
            batch.Columns["embedding"] = new VectorData(values[(from * Width)..((from + 30) * Width)], Width);
            writer.Append(batch);
        }

        writer.Commit();
        return values;
    }
}
