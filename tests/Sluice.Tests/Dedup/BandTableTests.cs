using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class BandTableTests
{
    [Theory]
    [InlineData(1, 0x3FFFF)]
    [InlineData(2, 0xFFFFFFFF)]
    public void Collect_RandomKeysPastGrowth_EqualsDictionary(int seed, uint mask)
    {
        const int bands = 3;
        Random random = new(seed);
        BandTable table = new(bands);
        Dictionary<(int Band, uint Key), List<uint>> reference = [];
        Span<uint> keys = stackalloc uint[bands];
        for (uint item = 0; item < 140_000; item++)
        {
            for (int band = 0; band < bands; band++)
            {
                // High bits vary too, so that fingerprints matter.
                keys[band] = (uint)random.NextInt64(1L << 32) & mask | (uint)random.Next(2) << 31;
                ListOf(reference, (band, keys[band])).Add(item);
            }

            table.Add(keys);
        }

        foreach (((int band, uint key), List<uint> items) in reference.Where(pair => pair.Key.Key % 5 == 0))
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
    public void Bytes_ManyItems_TenAnItemAndBand()
    {
        const int bands = 21;
        const int items = 100_000;
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

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, bands * 10L * items, bands * 10L * (items + 25_000));
        Assert.InRange(table.Bytes, bands * 10L * items, bands * 10L * (items + 25_000));
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
