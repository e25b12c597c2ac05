using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class BandFilterTests
{
    [Theory]
    [InlineData(8, 0.02, 0.045)]
    [InlineData(10, 0.005, 0.02)]
    [InlineData(12, 0.002, 0.01)]
    [InlineData(20, 0, 0.0015)]
    public void Find_BitsAnEntry_KnowsAllKeysAndFewOthers(int bits, double least, double most)
    {
        const int bands = 7;
        const int items = 40_000;
        using BandFilter filter = new(bits * bands * items / 8 / 32 * 32);
        ulong state = 3;
        uint[] keys = new uint[bands];
        int[] hits = new int[bands];
        for (int item = 0; item < items; item++)
        {
            Fill(keys, ref state);
            filter.FindAndAdd(keys, hits);
        }

        state = 3;
        for (int item = 0; item < items; item++)
        {
            Fill(keys, ref state);
            Assert.Equal(bands, filter.Find(keys, hits));
        }

        long wrong = 0;
        for (int item = 0; item < items; item++)
        {
            Fill(keys, ref state);
            wrong += filter.Find(keys, hits);
        }

        Assert.InRange(wrong / (double)items / bands, least, most);
    }

    [Fact]
    public void Find_KeyOfAnotherBand_IsNotKnown()
    {
        using BandFilter filter = new(4096);
        filter.Add(1, 500);
        int[] hits = new int[3];
        Assert.Equal(1, filter.Find([500, 500, 500], hits));
        Assert.Equal(1, hits[0]);
    }

    private static void Fill(uint[] keys, ref ulong state)
    {
        for (int band = 0; band < keys.Length; band++)
        {
            keys[band] = (uint)Mixing.Next(ref state);
        }
    }
}
