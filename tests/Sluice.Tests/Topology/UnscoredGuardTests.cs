using Sluice.Records;
using Sluice.Topology;

namespace Sluice.Tests.Topology;

public sealed class UnscoredGuardTests
{
    [Fact]
    public void Add_UpToTheLimit_CountsAndSaysTheFirst()
    {
        List<UnscoredRow> said = [];
        var guard = new UnscoredGuard(30, said.Add);
        guard.Add(Batch(0));
        guard.Add(Batch(12));
        guard.Add(Batch(18));
        Assert.Equal((30L, 20, 20), (guard.Count, guard.First.Count, said.Count));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 6)]
    public void Add_PastTheLimit_NamesModelReasonAndOption(int most, int failed)
    {
        var guard = new UnscoredGuard(most, _ => { });
        TooManyUnscoredException fault = Assert.Throws<TooManyUnscoredException>(() => guard.Add(Batch(failed)));
        Assert.Contains($"Inference:MaxUnscored = {most}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("by tagger: It gave NaN.", fault.Message, StringComparison.Ordinal);
    }

    private static RowBatch Batch(int failed)
    {
        RowBatch batch = new() { Sequence = 0, Rejections = [], Samples = [] };
        batch.Unscored.AddRange(Enumerable.Range(1, failed).Select(i => new UnscoredRow(new RowOrigin(0, i, 0), "tagger", "It gave NaN.")));
        return batch;
    }
}
