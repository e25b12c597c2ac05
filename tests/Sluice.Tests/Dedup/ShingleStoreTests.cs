using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class ShingleStoreTests
{
    [Theory]
    [InlineData(4096, 60)]
    [InlineData(4096, 1500)]
    [InlineData(3 * 1024 * 1024, 4000)]
    public void Read_AnyPosition_GivesWhatWasAppended(int cacheBytes, int longest)
    {
        const int seed = 77;
        using TemporaryFolder folder = new();
        Random random = new(seed);
        List<(long Position, ulong[] Set)> sets = [];
        using (ShingleStore store = new(folder["scratch"], cacheBytes))
        {
            for (int i = 0; i < 1500; i++)
            {
                ulong[] set = [.. Enumerable.Range(0, random.Next(1, longest)).Select(_ => (ulong)random.NextInt64())];
                sets.Add((store.Append(set), set));
                foreach (int at in new[] { i, Math.Max(0, i - random.Next(20)), random.Next(i + 1) })
                {
                    Assert.True(store.Read(sets[at].Position, sets[at].Set.Length).SequenceEqual(sets[at].Set), $"seed {seed}, set {at} after {i}");
                }
            }

            Assert.InRange(store.FileReads, 1, 4500);
            Assert.True(File.Exists(folder["scratch"]));
        }

        Assert.False(File.Exists(folder["scratch"]));
    }

    [Fact]
    public void Read_LastSets_NeedNoFile()
    {
        using TemporaryFolder folder = new();
        using ShingleStore store = new(folder["scratch"], 1024 * 1024);
        List<long> positions = [.. Enumerable.Range(0, 5000).Select(i => store.Append(new ulong[100]))];
        foreach (long position in positions[^1300..])
        {
            store.Read(position, 100);
        }

        Assert.Equal(0, store.FileReads);
    }
}
