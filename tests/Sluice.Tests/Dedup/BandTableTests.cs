using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class BandTableTests
{
    [Theory]
    [InlineData(1, 0x3FFFF, 140_000)]
    [InlineData(2, 0xFFFFFFFF, 140_000)]
    [InlineData(3, 0xFFFFFF, 600_000)]
    [InlineData(4, 0x7, 3_000)]
    public void Collect_RandomKeysPastGrowth_EqualsDictionary(int seed, uint mask, int count)
    {
        const int bands = 3;
        Random random = new(seed);
        BandTable table = new(bands);
        Dictionary<(int Band, uint Key), List<uint>> reference = [];
        Span<uint> keys = stackalloc uint[bands];
        for (uint item = 0; item < count; item++)
        {
            for (int band = 0; band < bands; band++)
            {
                // High bits vary too, so that fingerprints matter.
                keys[band] = (uint)random.NextInt64(1L << 32) & mask | (uint)random.Next(2) << 31;
                ListOf(reference, (band, keys[band])).Add(item);
            }

            table.Add(keys);
        }

        foreach (((int band, uint key), List<uint> items) in reference.Where(pair => pair.Key.Key % 5 == 0 && (count < 500_000 || pair.Key.Key % 16 == 0)))
        {
            List<uint> found = [];
            keys.Fill(key ^ 0x5555);
            keys[band] = key;
            table.Collect(keys, found);
            List<uint> expected = [.. Enumerable.Range(0, bands).SelectMany(other => reference.GetValueOrDefault((other, other == band ? key : key ^ 0x5555)) ?? [])];
            Assert.True(expected.Order().SequenceEqual(found.Order()), $"seed {seed}, band {band}, key {key:x}");
        }
    }

    [Fact]
    public void Bytes_ManyItems_ElevenAnItemAndBand()
    {
        const int bands = 21;
        const int items = 700_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        BandTable table = new(bands);
        uint[] keys = new uint[bands];
        ulong state = 5;
        for (int item = 0; item < items; item++)
        {
            for (int band = 0; band < bands; band++)
            {
                keys[band] = (uint)Mixing.Next(ref state);
            }

            table.Add(keys);
        }

        // While the whole keys are kept beside, up to 65,536 buckets, four more: those are gone again here, but were allocated.
        Assert.InRange(table.Bytes / ((double)bands * items), 10, 12);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / ((double)bands * items), 10, 15);
    }

    private static List<uint> ListOf(Dictionary<(int Band, uint Key), List<uint>> reference, (int Band, uint Key) key)
    {
        if (!reference.TryGetValue(key, out List<uint>? items))
        {
            reference[key] = items = [];
        }

        return items;
    }
}
