using Sluice.Host.Bench;
using Sluice.Records;

namespace Sluice.Tests.Inference.Bench;

public sealed class BenchRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100)]
    public void OfLength_Words_ComeCloseAndStayBelow(int tokens)
    {
        IReadOnlyList<RowBatch> batches = BenchRows.OfLength(tokens, 150, 64, Count);
        Assert.Equal([64, 64, 22], batches.Select(batch => batch.Samples.Count));
        int[] counts = [.. batches.SelectMany(batch => batch.Samples).Select(Count)];
        Assert.True(counts.Average() > tokens * 0.9, $"{counts.Average()} tokens a row");
        Assert.True(tokens == 1 || counts.Max() <= tokens, $"{counts.Max()} tokens");
        Assert.True(batches.SelectMany(batch => batch.Samples).Select(sample => sample.Instruction.ToString()).Distinct().Count() > (tokens == 1 ? 10 : 140));
    }

    [Fact]
    public void Mixed_Rows_AreTheDemosAndTheSameEachTime()
    {
        IReadOnlyList<RowBatch> batches = BenchRows.Mixed(100, 64);
        Assert.Equal([64, 36], batches.Select(batch => batch.Samples.Count));
        Assert.All(batches.SelectMany(batch => batch.Samples), sample => Assert.Equal(2, sample.Turns.Count));
        Assert.Equal(
            batches.SelectMany(batch => batch.Samples).Select(sample => sample.Turns[1].Text.ToString()),
            BenchRows.Mixed(100, 50).SelectMany(batch => batch.Samples).Select(sample => sample.Turns[1].Text.ToString()));
        Assert.True(batches.SelectMany(batch => batch.Samples).Select(sample => sample.Instruction.Length).Distinct().Count() > 20);
    }

    // A token a word, and one for each three letters of it beyond the third.
    private static int Count(Sample sample) => sample.Instruction.ToString().Split(' ').Sum(word => 1 + (Math.Max(0, word.Length - 1) / 3 > 0 ? 1 : 0));
}
