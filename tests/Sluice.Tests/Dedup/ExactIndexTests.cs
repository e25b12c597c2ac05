using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class ExactIndexTests
{
    [Theory]
    [InlineData(1, 200_000)]
    [InlineData(2, 1_000)]
    [InlineData(3, int.MaxValue)]
    public void FindOrAdd_RandomKeys_EqualsDictionary(int seed, int distinct)
    {
        Random random = new(seed);
        using TemporaryFolder folder = new();
        using ExactIndex index = new(folder["hashes"], BandIndexTests.Small);
        Dictionary<UInt128, long> reference = [];
        for (long row = 0; row < 150_000; row++)
        {
            // Few different low halves: a key must not hang on one half alone.
            ulong value = (ulong)random.Next(distinct);
            UInt128 key = new(value * 0x9E3779B97F4A7C15, seed == 2 ? value % 7 : value * 0xD1342543DE82EF95);
            long expected = reference.TryAdd(key, row) ? -1 : reference[key];
            Assert.True(expected == index.FindOrAdd(key, row), $"seed {seed}, row {row}");
        }

        Assert.Equal(reference.Count, index.Count);
    }

    [Fact]
    public void FindOrAdd_ManyRows_StayUnderTheBound()
    {
        const int rows = 700_000;
        using TemporaryFolder folder = new();
        using ExactIndex index = new(folder["hashes"], BandIndexSizes.Within(1024 * 1024));
        ulong state = 1;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < rows; row++)
        {
            index.FindOrAdd(new UInt128(Mixing.Next(ref state), Mixing.Next(ref state)), row);
        }

        Assert.Equal(rows, index.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, rows * 8L);
        Assert.InRange(index.Bytes, 1024 * 1024, 2 * 1024 * 1024 + 64 * 1024);
        Assert.InRange(index.FileReads, 1, rows * 8L);
    }

    [Fact]
    public void FindOrAdd_RowBeforeTheLast_Throws()
    {
        using TemporaryFolder folder = new();
        using ExactIndex index = new(folder["hashes"], BandIndexTests.Small);
        index.FindOrAdd(5, 40);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindOrAdd(6, 39));
    }

    [Fact]
    public void FindOrAdd_RowBeyondRange_Throws()
    {
        using TemporaryFolder folder = new();
        using ExactIndex index = new(folder["hashes"], BandIndexTests.Small);
        Assert.Throws<OverflowException>(() => index.FindOrAdd(1, -1));
    }
}
