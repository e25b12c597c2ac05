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
        ExactIndex index = new();
        Dictionary<UInt128, long> reference = [];
        for (long row = 0; row < 150_000; row++)
        {
            // Few different low halves, so that chains hold keys that agree in every bucket bit.
            ulong value = (ulong)random.Next(distinct);
            UInt128 key = new(value * 0x9E3779B97F4A7C15, seed == 2 ? value % 7 : value * 0xD1342543DE82EF95);
            long expected = reference.TryAdd(key, row) ? -1 : reference[key];
            Assert.True(expected == index.FindOrAdd(key, row), $"seed {seed}, row {row}");
        }

        Assert.Equal(reference.Count, index.Count);
    }

    [Fact]
    public void Add_OutOfOrder_KeepsLowestRow()
    {
        ExactIndex index = new();
        index.Add(5, 40);
        index.Add(5, 7);
        index.Add(5, 30);
        Assert.Equal(7, index.FindOrAdd(5, 100));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public void Bytes_AnySize_StayUnderFortyARow(int rows)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ExactIndex index = new();
        ulong state = 1;
        for (int row = 0; row < rows; row++)
        {
            index.Add(new UInt128(Mixing.Next(ref state), Mixing.Next(ref state)), row);
        }

        // What was allocated in all bounds what is held: growth throws nothing away.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, rows * 40L + 64 * 1024);
        Assert.InRange(index.Bytes, rows * 28L, rows * 40L + 32 * 1024);
    }

    [Fact]
    public void Add_RowBeyondRange_Throws() => Assert.Throws<OverflowException>(() => new ExactIndex().Add(1, -1));
}
