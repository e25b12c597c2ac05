using Sluice.Dedup;
using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Tests.Stages;

public sealed class DedupStagesTests
{
    private const string Long = "the quick brown fox jumps over the lazy dog while seven small birds watch from a tall old tree near the wide river";

    [Fact]
    public void Exact_RepeatedContent_NamesTheFirstRowAndLeavesTheOthersAlone()
    {
        using TemporaryFolder folder = new();
        using ExactDedupStage stage = new(new DedupOptions(), folder["a"]);
        RowBatch batch = Batch("one two", "three four", "One  TWO", "five");

        stage.Process(batch, default);

        Assert.Equal([0L, 1, 2, 3], batch.Samples.Select(s => s.Row));
        Assert.Equal([-1L, -1, 0, -1], batch.Samples.Select(s => s.DuplicateOf));
        Assert.Equal([false, false, true, false], batch.Samples.Select(s => s.IsExactDuplicate));
        Assert.True(float.IsNaN(batch.Samples[0].Similarity));
        Assert.Equal(1, batch.Samples[2].Similarity);
    }

    [Fact]
    public void Exact_SwitchedOff_OnlyNumbers()
    {
        RowBatch batch = Batch("one", "one");

        using TemporaryFolder folder = new();
        using ExactDedupStage stage = new(new DedupOptions { Exact = false }, folder["a"]);
        stage.Process(batch, default);

        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Equal([0L, 1], batch.Samples.Select(s => s.Row));
        Assert.All(batch.Samples, s => Assert.False(s.IsDuplicate));
    }

    [Fact]
    public void Near_RestoredStage_DecidesLikeTheUndisturbedOne()
    {
        using TemporaryFolder folder = new();
        string[] texts = [Long, Long + " today", "a different text about cooking rice with beans and a little salt in a pot", Long.Replace("lazy", "sleepy", StringComparison.Ordinal) + " today"];
        RowBatch whole = Batch(texts);
        Run(new ExactDedupStage(new DedupOptions(), folder["x"]), new NearDedupStage(new DedupOptions { MinJaccard = 0.6 }, folder["a"]), whole);
        RowBatch first = Batch(texts[..2]);
        Run(new ExactDedupStage(new DedupOptions(), folder["x"]), new NearDedupStage(new DedupOptions { MinJaccard = 0.6 }, folder["b"]), first);
        using ExactDedupStage exact = new(new DedupOptions(), folder["y"]);
        using NearDedupStage near = new(new DedupOptions { MinJaccard = 0.6 }, folder["c"]);
        exact.Restore(first, default);
        near.Restore(first, default);
        RowBatch second = Batch(texts[2..]);
        exact.Process(second, default);
        near.Process(second, default);

        Assert.Equal(0, whole.Samples[1].DuplicateOf);
        Assert.False(whole.Samples[2].IsDuplicate);
        Assert.Equal(whole.Samples.Skip(2).Select(s => (s.Row, s.DuplicateOf)), second.Samples.Select(s => (s.Row, s.DuplicateOf)));
    }

    private static void Run(ExactDedupStage exact, NearDedupStage near, RowBatch batch)
    {
        using (exact)
        using (near)
        {
            exact.Process(batch, default);
            near.Process(batch, default);
        }
    }

    [Fact]
    public void Near_UnpreparedBatch_SaysThatItIsABug()
    {
        using TemporaryFolder folder = new();
        using NearDedupStage near = new(new DedupOptions(), folder["a"]);
        RowBatch batch = Batch(Long);
        batch.Shingles = null;
        Assert.Contains("This is a bug.", Assert.Throws<InvalidOperationException>(() => near.Process(batch, default)).Message, StringComparison.Ordinal);
    }

    private static RowBatch Batch(params string[] texts)
    {
        RowBatch batch = new()
        {
            Sequence = 0,
            Rejections = [],
            Samples = [.. texts.Select((t, i) => new Sample(new RowOrigin(0, i + 1, 0), default, [new Turn(Role.User, t.AsText()), new Turn(Role.Assistant, "yes".AsText())], t.AsText()))],
        };
        new DedupPreparation(new DedupOptions { MinJaccard = 0.6 }).Prepare(batch);
        return batch;
    }
}
