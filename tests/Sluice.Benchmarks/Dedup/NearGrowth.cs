using System.Diagnostics;
using System.Globalization;
using Sluice.Dedup;

namespace Sluice.Benchmarks.Dedup;

/// <summary>
/// How the two indexes of dedup grow with the rows, as CSV: <c>near-growth [MEGABYTESmb] [ROWS...]</c>, with a bound of memory other than the default. Rows are made sets of 80 to 110 shingles, two in a hundred near repeats of any row
/// before and one in a hundred its exact repeat; making them is not timed. A line each time so many rows have been through.
/// </summary>
internal static class NearGrowth
{
    private const double MinJaccard = 0.8;
    private const int Block = 4096;

    /// <summary>Runs the mode; false when the arguments do not name it.</summary>
    public static bool Run(string[] args)
    {
        if (args is not ["near-growth", .. string[] rest])
        {
            return false;
        }

        DedupOptions options = new();
        if (rest is [string bound, ..] && bound.EndsWith("mb", StringComparison.Ordinal))
        {
            options = new DedupOptions { IndexMegabytes = int.Parse(bound.AsSpan(0, bound.Length - 2), CultureInfo.InvariantCulture) };
            rest = rest[1..];
        }

        int[] stops = rest.Length > 0 ? [.. rest.Select(r => int.Parse(r, CultureInfo.InvariantCulture)).Order()] : [200_000, 1_000_000, 2_000_000, 5_000_000];
        string folder = Path.Combine(Path.GetTempPath(), $"sluice-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            Grow(stops, options, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return true;
    }

    private static void Grow(int[] stops, DedupOptions options, string folder)
    {
        MinHashSignature signature = new(MinJaccard);
        using NearDuplicateIndex near = new(signature, MinJaccard, Path.Combine(folder, "near"), options.CacheMegabytes << 20, BandIndexSizes.ForNear(options));
        using ExactIndex exact = new(Path.Combine(folder, "exact"), BandIndexSizes.ForExact(options));
        ulong[][] sets = [.. Enumerable.Range(0, Block).Select(_ => new ulong[110])];
        int[] counts = new int[Block];
        uint[][] keys = [.. sets.Select(_ => new uint[signature.Bands])];
        TimeSpan nearTime = default;
        TimeSpan exactTime = default;
        long found = 0;
        ulong answers = 0;
        Console.WriteLine("rows,near_ns,near_bytes,near_bytes_a_row,near_reads,near_found,answers,exact_ns,exact_bytes,exact_reads,rss_mb");
        for (int row = 0, stop = 0; stop < stops.Length;)
        {
            int count = Math.Min(Block, stops[stop] - row);
            for (int i = 0; i < count; i++)
            {
                counts[i] = Make(row + i, sets[i]);
                signature.ComputeBandKeys(sets[i].AsSpan(0, counts[i]), keys[i]);
            }

            TimeSpan start = Processor();
            for (int i = 0; i < count; i++)
            {
                near.Prefetch(keys[(i + 1) % count]);
                NearMatch match = near.FindOrAdd(row + i, keys[i], sets[i].AsSpan(0, counts[i]));
                found += match.Row >= 0 ? 1 : 0;
                answers = Mixing.Finish(answers ^ (ulong)match.Row) + BitConverter.SingleToUInt32Bits(match.Similarity);
            }

            TimeSpan middle = Processor();
            for (int i = 0; i < count; i++)
            {
                exact.FindOrAdd(new UInt128(Mixing.Finish((ulong)Original(row + i)), Mixing.Finish((ulong)Original(row + i) + 1)), row + i);
            }

            nearTime += middle - start;
            exactTime += Processor() - middle;
            row += count;
            while (stop < stops.Length && row == stops[stop])
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{row},{nearTime.TotalNanoseconds / row:0},{near.Bytes},{near.Bytes / (double)near.Count:0},{near.FileReads},{found},{answers:x16},{exactTime.TotalNanoseconds / row:0},{exact.Bytes},{exact.FileReads},{Process.GetCurrentProcess().WorkingSet64 >> 20}"));
                stop++;
            }
        }
    }

    // One row in a hundred is an earlier row again.
    private static int Original(int row) => row > 0 && Mixing.Finish((ulong)row ^ 0xE) % 100 == 0 ? (int)(Mixing.Finish((ulong)row) % (ulong)row) : row;

    // A set from its row's number; two in a hundred take all but a few shingles from an earlier row.
    private static int Make(int row, ulong[] set)
    {
        ulong state = (ulong)row * 0x9E37;
        ulong kind = Mixing.Finish(state ^ 0xABCD);
        bool repeats = row > 0 && kind % 50 == 0;
        ulong from = repeats ? Mixing.Finish(kind) % (ulong)row * 0x9E37 : state;
        int count = 80 + (int)(Mixing.Finish(from ^ 0x1234) % 31);
        int changed = repeats ? (int)(kind / 50 % 8) : 0;
        for (int i = 0; i < count; i++)
        {
            set[i] = Mixing.Next(ref i < changed ? ref state : ref from);
        }

        HashSort.Sort(set.AsSpan(0, count));
        return count;
    }

    // The processor's time of this thread: others on the machine do not count.
    private static TimeSpan Processor()
    {
        const string own = "/proc/thread-self/schedstat";
        return File.Exists(own) ? new TimeSpan(long.Parse(File.ReadAllText(own).AsSpan().Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) / 100)
            : Stopwatch.GetElapsedTime(0);
    }
}
