using Sluice.Dedup;

namespace Sluice.Tests.Dedup;

public sealed class BandIndexTests
{
    // Small tiers, so that a few thousand items are flushed and merged many times.
    internal static readonly BandIndexSizes Small = new(64 * 1024, 256 * 1024, 128 * 1024, 3);

    [Theory]
    [InlineData(1, 3, 0x3FFFF, 60_000, 64, 256, 128, 3)]
    [InlineData(2, 3, 0xFFFFFFFF, 60_000, 64, 4096, 128, 2)]
    [InlineData(3, 1, 0xFFFFFF, 90_000, 16, 8, 0, 8)]
    [InlineData(4, 2, 0x7, 3_000, 8, 256, 128, 4)]
    [InlineData(5, 21, 0xFFFFFF, 70_000, 600, 8192, 4096, 8)]
    public void Collect_RandomKeys_EqualsDictionary(int seed, int bands, uint mask, int count, int recentKib, int filterKib, int markKib, int fanIn)
    {
        Random random = new(seed);
        using TemporaryFolder folder = new();
        using BandIndex index = new(bands, folder["bands"], new BandIndexSizes(recentKib * 1024, filterKib * 1024, markKib * 1024, fanIn));
        Dictionary<(int Band, uint Key), List<uint>> reference = [];
        uint[][] rows = new uint[count][];
        List<uint> found = [];
        int mostRuns = 0;
        bool spared = false;
        for (uint item = 0; item < count; item++)
        {
            // Leading bits vary too, so that all lists and sections are used.
            uint[] keys = rows[item] = [.. Enumerable.Range(0, bands).Select(_ => (uint)random.NextInt64(1L << 32) & mask ^ (uint)random.Next(8) << 29)];
            if (item % 97 == 0)
            {
                // Before the item is added, and at every stage of flushes and merges: the keys of an earlier item, or of none.
                uint[] wanted = item % 2 == 0 ? keys : rows[random.Next((int)item)];
                index.Collect(wanted, found);
                IEnumerable<uint> expected = wanted.SelectMany((key, band) => reference.GetValueOrDefault((band, key)) ?? []);
                Assert.True(expected.Order().SequenceEqual(found.Order()), $"seed {seed}, item {item}");
                long before = index.FileReads;
                found.Clear();
                index.Collect(wanted, found, new StoredKeys(rows));
                Assert.True(expected.Order().Distinct().SequenceEqual(found.Order().Distinct()), $"seed {seed}, item {item}, keys known");
                found.Clear();
                spared |= item % 2 != 0 && index.FileReads - before < 4;
            }

            for (int band = 0; band < bands; band++)
            {
                ListOf(reference, (band, keys[band])).Add(item);
            }

            index.Add(keys);
            mostRuns = Math.Max(mostRuns, index.Runs);
        }

        Assert.Equal((uint)count, index.Count);
        Assert.InRange(mostRuns, 2, 40);
        Assert.True(index.FileReads > 0 && spared);
    }

    [Fact]
    public void Collect_KeyOfAHundredThousandItems_FindsAllOfThem()
    {
        using TemporaryFolder folder = new();
        using BandIndex index = new(2, folder["bands"], Small);
        ulong state = 9;
        for (uint item = 0; item < 100_000; item++)
        {
            index.Add([77, (uint)Mixing.Next(ref state)]);
        }

        List<uint> found = [];
        index.Collect([77, 0], found);
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => (uint)i), found.Where(i => i < 100_000).Order().Distinct());
        Assert.InRange(index.FileReads, 100_000 / SortedRun.BlockEntries / 8, 2000);
    }

    [Fact]
    public void Bytes_ManyMoreItemsThanFit_StayUnderTheBound()
    {
        const int bands = 4;
        const long bound = 1024 * 1024;
        using TemporaryFolder folder = new();
        using BandIndex index = new(bands, folder["bands"], BandIndexSizes.Within(bound));
        ulong state = 5;
        uint[] keys = new uint[bands];
        for (int item = 0; item < 400_000; item++)
        {
            for (int band = 0; band < bands; band++)
            {
                keys[band] = (uint)Mixing.Next(ref state);
            }

            index.Add(keys);
        }

        // 32 bytes an item on disk, 2.7 in memory.
        Assert.InRange(index.Bytes, bound / 2, bound);
        Assert.InRange(index.Runs, 3, 24);
        Assert.InRange(BandIndex.BytesFor(index.Count, bands, BandIndexSizes.Within(bound)), index.Bytes * 0.7, index.Bytes * 1.1);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(150_000)]
    [InlineData(400_000)]
    public void BytesFor_BelowTheBound_IsWhatIsHeld(int items)
    {
        using TemporaryFolder folder = new();
        BandIndexSizes sizes = BandIndexSizes.Within(64 << 20);
        using BandIndex index = new(4, folder["bands"], sizes);
        ulong state = 5;
        long before = GC.GetAllocatedBytesForCurrentThread();
        uint[] keys = new uint[4];
        for (int item = 0; item < items; item++)
        {
            keys.AsSpan().Fill((uint)Mixing.Next(ref state));
            index.Add(keys);
        }

        Assert.InRange(BandIndex.BytesFor(items, 4, sizes), index.Bytes * 0.6, index.Bytes * 1.2);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)items, 0, 20);
    }

    [Fact]
    public void Add_FilesLeftByAnotherProcess_AreDeleted()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["bands.7"], "left");
        File.WriteAllText(folder["shingles"], "another's");
        using (BandIndex index = new(1, folder["bands"], Small))
        {
            Assert.Equal(["shingles"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
            for (uint item = 0; item < 50_000; item++)
            {
                index.Add([item * 0x9E3779B9]);
            }

            Assert.True(Directory.GetFiles(folder.Path).Length > 1);
        }

        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Collect_RunCutByAnother_SaysSo()
    {
        using TemporaryFolder folder = new();
        using BandIndex index = new(1, folder["bands"], Small);
        for (uint item = 0; index.Runs == 0; item++)
        {
            index.Add([item * 0x9E3779B9]);
        }

        ScratchStoreTests.Cut(Directory.GetFiles(folder.Path).Single(), 100);
        EndOfStreamException exception = Assert.Throws<EndOfStreamException>(() => index.Collect([unchecked(5000 * 0x9E3779B9)], []));
        Assert.Contains("cut by someone else", exception.Message, StringComparison.Ordinal);
    }

    private static List<uint> ListOf(Dictionary<(int Band, uint Key), List<uint>> reference, (int Band, uint Key) key)
    {
        if (!reference.TryGetValue(key, out List<uint>? items))
        {
            reference[key] = items = [];
        }

        return items;
    }

    private sealed class StoredKeys(uint[][] rows) : IBandKeys
    {
        public ReadOnlySpan<uint> Of(uint item) => rows[item];
    }
}
