using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class HashSortTests
{
    [Theory]
    [InlineData(1, ulong.MaxValue)]
    [InlineData(2, 15UL)]
    [InlineData(3, 0xFF00_0000_0000_0000UL)]
    [InlineData(4, 0xFFFF_FFFFUL)]
    public void Sort_RandomValues_EqualsReference(int seed, ulong mask)
    {
        Random random = new(seed);
        foreach (int length in new[] { 0, 1, 2, 15, 16, 17, 96, 700, 8192, 8193 })
        {
            ulong[] values = [.. Enumerable.Range(0, length).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) & mask)];
            ulong[] expected = [.. values.Order()];
            HashSort.Sort(values);
            Assert.True(expected.SequenceEqual(values), $"seed {seed}, length {length}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    [InlineData(3, 32)]
    public void Sort_SharedLeadingBits_EqualsReference(int seed, int shared)
    {
        Random random = new(seed);
        foreach (int length in new[] { 0, 1, 17, 256, 700, 8192, 8193 })
        {
            ulong leading = 0xA5A5_A5A5_A5A5_A5A5 >> (64 - shared) << (64 - shared);
            ulong[] values = [.. Enumerable.Range(0, length).Select(_ => leading | ((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> shared))];
            ulong[] expected = [.. values.Order()];
            HashSort.Sort(values, shared);
            Assert.True(expected.SequenceEqual(values), $"seed {seed}, length {length}");
        }
    }
}
