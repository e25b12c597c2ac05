using Sluice.Inference.Batching;

namespace Sluice.Tests.Inference.Batching;

public sealed class BatchPlanTests
{
    [Fact]
    public void Create_RandomLengths_EveryRowOnceWithinTheBudget()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            int[] lengths = [.. Enumerable.Range(0, random.Next(0, 300)).Select(_ => random.Next(-1, 120))];
            var limits = new BatchLimits(random.Next(64, 2000), random.Next(1, 64), random.Next(0, 300));
            List<int[]> batches = Batches(BatchPlan.Create(lengths, limits));
            int[] rows = [.. batches.SelectMany(batch => batch)];
            Assert.True(rows.Order().SequenceEqual(Enumerable.Range(0, lengths.Length).Where(row => lengths[row] >= 0)), $"seed {seed}: rows");
            foreach (int[] batch in batches)
            {
                int longest = batch.Max(row => lengths[row]);
                Assert.True(batch.Length == 1 || longest * batch.Length <= limits.Tokens, $"seed {seed}: {batch.Length} rows of {longest} over {limits.Tokens} tokens");
                Assert.True(batch.Length <= limits.Rows, $"seed {seed}: {batch.Length} rows over {limits.Rows}");
            }

            Assert.True(rows.SequenceEqual(rows.OrderBy(row => lengths[row]).ThenBy(row => row)), $"seed {seed}: order");
        }
    }

    [Fact]
    public void Create_SmallInputs_CostsNoMoreThanAnyCutIntoRuns()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            int[] lengths = [.. Enumerable.Range(0, 10).Select(_ => random.Next(0, 40)).Order()];
            var limits = new BatchLimits(random.Next(64, 200), random.Next(1, 8), random.Next(0, 60));
            long found = Batches(BatchPlan.Create(lengths, limits)).Sum(batch => Cost(lengths, batch, limits)!.Value);
            long least = long.MaxValue;
            // Every subset of the nine gaps is one way to cut.
            for (int cuts = 0; cuts < 512; cuts++)
            {
                long? total = 0;
                int start = 0;
                for (int end = 1; end <= 10; end++)
                {
                    if (end == 10 || (cuts & (1 << (end - 1))) != 0)
                    {
                        total += Cost(lengths, [.. Enumerable.Range(start, end - start)], limits);
                        start = end;
                    }
                }

                least = Math.Min(least, total ?? long.MaxValue);
            }

            Assert.True(found == least, $"seed {seed}: found {found}, least {least}");
        }
    }

    [Fact]
    public void Create_RandomLengths_GivesTheCutsOfTheWholeSearch()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            int longest = random.Next(1, 200);
            int[] lengths = [.. Enumerable.Range(0, random.Next(1, 250)).Select(_ => random.Next(0, longest)).Order()];
            var limits = new BatchLimits(random.Next(64, 3000), random.Next(1, 300), random.Next(0, 300));
            int[] found = [.. Batches(BatchPlan.Create(lengths, limits)).Select(batch => batch.Length)];
            Assert.True(found.SequenceEqual(WholeSearch(lengths, limits)), $"seed {seed}");
        }
    }

    [Fact]
    public void Create_RowOverTheBudget_GoesAlone()
    {
        List<int[]> batches = Batches(BatchPlan.Create([10, 500, 10, 400], new BatchLimits(100, 8, 1000)));
        Assert.Equal([[0, 2], [3], [1]], batches);
    }

    [Fact]
    public void Create_SpreadLengths_PaddingStaysBelowFivePerCent()
    {
        var random = new Random(7);
        // Lengths as instruction data has them: many short, some long, cut at 256.
        int[] lengths = [.. Enumerable.Range(0, 512).Select(_ => Math.Min(256, 8 + (int)(-60 * Math.Log(1 - random.NextDouble()))))];
        List<int[]> batches = Batches(BatchPlan.Create(lengths, new BatchLimits(16384, 256, 64)));
        int padded = batches.Sum(batch => batch.Length * batch.Max(row => lengths[row]));
        double share = (padded - lengths.Sum()) / (double)padded;
        Assert.True(share <= 0.05, $"padding is {share:P2} of {padded} tokens in {batches.Count} batches");
    }

    [Fact]
    public void Create_NoRows_NoBatches() => Assert.Equal(0, BatchPlan.Create([], new BatchLimits(64, 8, 64)).Count);

    // Every start of every batch is tried, the latest first.
    private static int[] WholeSearch(int[] lengths, BatchLimits limits)
    {
        long[] best = new long[lengths.Length + 1];
        int[] from = new int[lengths.Length + 1];
        for (int end = 1; end <= lengths.Length; end++)
        {
            best[end] = long.MaxValue;
            for (int start = end - 1; start >= 0; start--)
            {
                if (Cost(lengths, [.. Enumerable.Range(start, end - start)], limits) is { } cost && best[start] + cost < best[end])
                {
                    (best[end], from[end]) = (best[start] + cost, start);
                }
            }
        }

        var sizes = new List<int>();
        for (int end = lengths.Length; end > 0; end = from[end])
        {
            sizes.Add(end - from[end]);
        }

        sizes.Reverse();
        return [.. sizes];
    }

    private static long? Cost(int[] lengths, int[] rows, BatchLimits limits)
    {
        long longest = Math.Max(1, rows.Max(row => lengths[row]));
        bool fits = rows.Length == 1 || (rows.Length <= limits.Rows && rows.Length * longest <= limits.Tokens);
        return fits ? (rows.Length * longest) + limits.CallTokens : null;
    }

    private static List<int[]> Batches(BatchPlan plan) => [.. Enumerable.Range(0, plan.Count).Select(batch => plan[batch].ToArray())];
}
