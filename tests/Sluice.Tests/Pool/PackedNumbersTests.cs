using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class PackedNumbersTests
{
    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 7, 7, 7 })]
    [InlineData(new long[] { 5_000_000_000, 5_000_000_010, 5_000_000_000 + uint.MaxValue })]
    [InlineData(new long[] { 0, 1L << 32 })]
    [InlineData(new[] { long.MinValue, -3, long.MaxValue })]
    public void Item_AnySpread_IsTheNumber(long[] numbers)
    {
        PackedNumbers packed = new([.. numbers]);

        Assert.Equal(numbers, Enumerable.Range(0, packed.Count).Select(i => packed[i]));
    }
}
