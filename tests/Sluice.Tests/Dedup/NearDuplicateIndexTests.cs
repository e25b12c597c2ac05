using Sluice.Dedup;
using Sluice.Records;
using Xunit.Abstractions;

namespace Sluice.Tests.Dedup;

public sealed class NearDuplicateIndexTests(ITestOutputHelper output)
{
    private const double MinJaccard = 0.8;

    [SharedTheory("data/pool/t0_p3.jsonl.gz")]
    [InlineData("t0_p3.jsonl.gz", 5000)]
    [InlineData("gpteacher_toolformer.jsonl.gz", 7673)]
    [InlineData("dolly.jsonl.gz", 6000)]
    public void FindOrAdd_RealRows_FindsWhatBruteForceFinds(string file, int most)
    {
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(MinJaccard);
        using NearDuplicateIndex index = new(signature, MinJaccard, folder["scratch"], 256 * 1024, BandIndexTests.Small);
        InvertedIndex brute = new();
        uint[] keys = new uint[signature.Bands];
        int reachable = 0;
        int found = 0;
        int best = 0;
        List<Turn[]> rows = PoolRows.Read(file, most);
        for (int row = 0; row < rows.Count; row++)
        {
            ulong[] shingles = Shingler.Shingles(rows[row], 5);
            if (shingles.Length == 0)
            {
                continue;
            }

            (int expectedRow, double expected) = brute.Best(shingles);
            signature.ComputeBandKeys(shingles, keys);
            NearMatch match = index.FindOrAdd(row, keys, shingles);
            if (match.Row < 0)
            {
                brute.Add(row, shingles);
            }
            else
            {
                // Nothing below the threshold, and the similarity is that of the row named.
                double real = JaccardIndex.Compute(shingles, Shingler.Shingles(rows[(int)match.Row], 5));
                Assert.True(real >= MinJaccard);
                Assert.Equal((float)real, match.Similarity);
                found++;
                best += match.Row == expectedRow ? 1 : 0;
            }

            reachable += expected >= MinJaccard ? 1 : 0;
        }

        output.WriteLine($"{file}: {rows.Count} rows, {reachable} near duplicates, {found} found, {best} name the best row, {index.Compared} compared, {index.FileReads} file reads");
        Assert.True(reachable > 5);
        Assert.InRange(found, (int)Math.Ceiling(0.98 * reachable), reachable);
        Assert.InRange(best, (int)Math.Ceiling(0.98 * found), found);
        Assert.Equal(brute.Count, index.Count);
    }

    [Fact]
    public void FindOrAdd_RandomSets_NameTheBestAndLowestRow()
    {
        const int seed = 5;
        Random random = new(seed);
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(0.5);
        uint[] keys = new uint[signature.Bands];
        keys[3] = 42;
        using NearDuplicateIndex index = new(signature, 0.5, folder["scratch"], 4096, BandIndexTests.Small);
        List<(long Row, ulong[] Set)> kept = [];
        for (long row = 3; row < 1000; row += random.Next(1, 3))
        {
            // All have the same keys: every kept row is a candidate, so the answer must be exact.
            ulong[] set = [.. Enumerable.Range(0, 12).Where(_ => random.Next(2) == 0).Select(value => (ulong)value + 100 * (ulong)random.Next(4))];
            set.AsSpan().Sort();
            (long Row, double Jaccard) expected = kept.Select(other => (other.Row, Jaccard: JaccardIndex.Compute(set, other.Set)))
                .Where(other => other.Jaccard >= 0.5).OrderByDescending(other => other.Jaccard).ThenBy(other => other.Row).FirstOrDefault((-1, double.NaN));
            NearMatch match = index.FindOrAdd(row, keys, set);
            Assert.True(expected.Row == match.Row, $"seed {seed}, row {row}: {match.Row} instead of {expected.Row}");
            Assert.Equal((float)expected.Jaccard, match.Similarity);
            if (match.Row < 0 && set.Length > 0)
            {
                kept.Add((row, set));
            }
        }

        Assert.Equal(kept.Count, index.Count);
    }

    [Fact]
    public void Add_KeptRows_ResumesWithTheSameAnswers()
    {
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(MinJaccard);
        List<ulong[]> sets = [.. Enumerable.Range(0, 400).Select(i => Shingler.Shingles(PoolRows.Conversation(string.Join(' ', Enumerable.Range(0, 60).Select(k => $"w{(i % 300 * 60) + k + (i >= 300 && k == 59 ? 7 : 0)}")), ""), 5))];
        using NearDuplicateIndex whole = new(signature, MinJaccard, folder["whole"], 4096, BandIndexTests.Small);
        List<NearMatch> matches = [.. sets.Select((set, row) => whole.FindOrAdd(row, Keys(signature, set), set))];
        using NearDuplicateIndex resumed = new(signature, MinJaccard, folder["resumed"], 4096, BandIndexSizes.Within(64 << 20));
        for (int row = 0; row < 200; row++)
        {
            resumed.Add(row, Keys(signature, sets[row]), sets[row]);
        }

        Assert.Equal(matches[200..], sets.Skip(200).Select((set, at) => resumed.FindOrAdd(at + 200, Keys(signature, set), set)));
        Assert.Equal(100, matches.Count(match => match.Row >= 0));
    }

    [Fact]
    public void FindOrAdd_AnyBoundOfMemory_TheSameAnswers()
    {
        const int rows = 12_000;
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(MinJaccard);
        using NearDuplicateIndex tiny = new(signature, MinJaccard, folder["tiny"], 4096, new BandIndexSizes(256 * 1024, 64 * 1024, 16 * 1024, 2));
        using NearDuplicateIndex huge = new(signature, MinJaccard, folder["huge"], 64 << 20, BandIndexSizes.Within(512 << 20));
        Random random = new(8);
        int found = 0;
        List<ulong[]> sets = [];
        for (int row = 0; row < rows; row++)
        {
            ulong[] set = [.. Enumerable.Range(0, 30).Select(_ => (ulong)random.NextInt64())];
            if (row % 10 == 9)
            {
                // Several earlier rows may be near: ties are among what must not differ.
                sets[random.Next(Math.Min(row, 500))].AsSpan(0, random.Next(25, 31)).CopyTo(set);
                set.AsSpan().Sort();
                set = [.. set.Distinct()];
            }

            set.AsSpan().Sort();
            sets.Add(set);
            uint[] keys = Keys(signature, set);
            NearMatch match = huge.FindOrAdd(row, keys, set);
            Assert.Equal(match, tiny.FindOrAdd(row, keys, set));
            found += match.Row >= 0 ? 1 : 0;
        }

        output.WriteLine($"{found} found, {tiny.FileReads} and {huge.FileReads} file reads, {tiny.Bytes} and {huge.Bytes} bytes");
        Assert.InRange(found, 300, rows / 10);
        Assert.True(tiny.Bytes < 3 * 1024 * 1024);
    }

    [Fact]
    public void Bytes_ManyRows_StayUnderTheBound()
    {
        const int rows = 120_000;
        const long bound = 4 << 20;
        using TemporaryFolder folder = new();
        MinHashSignature signature = new(MinJaccard);
        using NearDuplicateIndex index = new(signature, MinJaccard, folder["scratch"], 1024 * 1024, BandIndexSizes.Within(bound));
        ulong state = 3;
        ulong[] set = new ulong[20];
        uint[] keys = new uint[signature.Bands];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < set.Length; i++)
            {
                set[i] = Mixing.Next(ref state);
            }

            for (int band = 0; band < keys.Length; band++)
            {
                keys[band] = (uint)Mixing.Next(ref state);
            }

            index.FindOrAdd(row, keys, set);
        }

        // The numbers and places of the rows added last take a mebibyte more.
        Assert.Equal(rows, index.Count);
        Assert.InRange(index.Bytes, bound / 2, bound + (1024 * 1024));
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)rows, 0, 60);
    }

    private static uint[] Keys(MinHashSignature signature, ulong[] set)
    {
        uint[] keys = new uint[signature.Bands];
        signature.ComputeBandKeys(set, keys);
        return keys;
    }
}
