using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Selection;
using Sluice.Selection.Clustering;
using Sluice.Selection.FacilityLocation;
using Sluice.Selection.Iterative;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Benchmarks.Selection;

/// <summary>
/// Times a selection on a file that the scripts in <c>bench</c> read as well, and prints a digest of its picks, for runs side by side with another program. Vectors are raw
/// little-endian single-precision numbers, row after row.
/// </summary>
internal static class SelectionTimes
{
    /// <summary>What is said when the arguments name no work.</summary>
    public const string Usage = """
        time write FILE ROWS WIDTH GROUPS SPREAD        makes a file of clustered unit vectors
        time filter FILE WIDTH ROWS LIMIT COUNT [RUNS]  Deita's filter over the first ROWS; COUNT -1 for all
        time facility FILE WIDTH ROWS COUNT submodlib|cosine [RUNS]
        time ifd ALPACA.json[.gz] ROWS COUNT [RUNS]     IterIT's greedy over the first ROWS outputs
        time kmeans FILE WIDTH ROWS CLUSTERS [RUNS]
        """;

    public static void Run(string[] args)
    {
        switch (args)
        {
            case ["write", string file, string rows, string width, string groups, string spread]:
                Write(file, ClusteredRows.Make(Number(rows), Number(width), Number(groups), float.Parse(spread, CultureInfo.InvariantCulture)));
                break;
            case ["filter", string file, string width, string rows, string limit, string count, .. string[] runs]:
                Filter(Read(file, Number(width), Number(rows)), double.Parse(limit, CultureInfo.InvariantCulture), Number(count), Runs(runs));
                break;
            case ["facility", string file, string width, string rows, string count, string similarity, .. string[] runs]:
                Facility(Read(file, Number(width), Number(rows)), Number(count), similarity == "cosine" ? FacilitySimilarity.Cosine : FacilitySimilarity.Submodlib, Runs(runs));
                break;
            case ["ifd", string file, string rows, string count, .. string[] runs]:
                Ifd(Outputs(file, Number(rows)), Number(count), Runs(runs));
                break;
            case ["kmeans", string file, string width, string rows, string clusters, .. string[] runs]:
                Cluster(Read(file, Number(width), Number(rows)), Number(clusters), Runs(runs));
                break;
            default:
                Console.WriteLine(Usage);
                break;
        }
    }

    private static void Filter(MatrixRows rows, double limit, int count, int runs) => Time(runs, () =>
    {
        FilterResult result = SimilarityFilter.Run(rows.Count, (from, to) => Slab(rows, from, to), new FilterOptions { Limit = limit, Count = count }, null, default);
        return (result.Kept, $"{result.Scanned} scanned, {result.Kept.Length} kept");
    });

    private static void Facility(MatrixRows rows, int count, FacilitySimilarity similarity, int runs) => Time(runs, () =>
    {
        FacilityResult result = FacilityLocationGreedy.Run(rows, new FacilityOptions { Count = count, Similarity = similarity }, null, default);
        return (result.Order, $"{result.Evaluations} gains computed, lists after {result.ListedAfter}, value {result.Gains.Sum():F6}");
    });

    private static void Ifd(string[] outputs, int count, int runs)
    {
        double[] scores = [.. Enumerable.Range(0, outputs.Length).Select(Score)];
        int[] order = [.. Enumerable.Range(0, outputs.Length)];
        Time(runs, () =>
        {
            IterativeUpdate update = IterativeOrder.Update(
                order, order.Length, scores, new IterativeOptions { Count = count }, rows => [.. rows.Select(row => outputs[row])], null, default);
            return ([.. update.Picks.Select(pick => pick.Document)], $"{outputs.Length} texts");
        });
    }

    private static void Cluster(MatrixRows rows, int clusters, int runs) => Time(runs, () =>
    {
        KMeansResult result = KMeans.Run(rows, new KMeansOptions { Clusters = clusters }, null, default);
        return (result.Labels, $"{result.Rounds} rounds, inertia {result.Inertia:F6}");
    });

    /// <summary>A score for a row that has none: between 0.05 and 0.95, scattered, the same in <c>bench/ifd_peer.py</c>.</summary>
    private static double Score(int row) => 0.05 + (0.9 * (row * 7919L % 10007) / 10007);

    private static void Time(int runs, Func<(int[] Picks, string Figures)> work)
    {
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
            long from = Stopwatch.GetTimestamp();
            (int[] picks, string figures) = work();
            seconds[run] = Stopwatch.GetElapsedTime(from).TotalSeconds;
            double worked = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
            string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', picks))))[..16];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds[run]:F3} s, {worked:F3} s of processor, {figures}, picks {digest}"));
        }

        Array.Sort(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {seconds[runs / 2]:F3} s, peak RSS {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
    }

    private static MatrixRows Slab(MatrixRows rows, int from, int to)
    {
        float[] values = new float[(to - from) * rows.Width];
        for (int row = from; row < to; row++)
        {
            rows.Row(row).CopyTo(values.AsSpan((row - from) * rows.Width));
        }

        return new MatrixRows(values, rows.Width);
    }

    private static void Write(string file, MatrixRows rows)
    {
        using FileStream stream = File.Create(file);
        for (int row = 0; row < rows.Count; row++)
        {
            stream.Write(MemoryMarshal.AsBytes(rows.Row(row)));
        }
    }

    private static MatrixRows Read(string file, int width, int rows)
    {
        float[] values = new float[width * rows];
        using FileStream stream = File.OpenRead(file);
        for (int row = 0; row < rows; row++)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(row * width, width)));
        }

        return new MatrixRows(values, width);
    }

    private static string[] Outputs(string file, int rows)
    {
        using FileStream stream = File.OpenRead(file);
        using Stream text = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Take(rows).Select(static row => row.GetProperty("output").GetString()!)];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Runs(string[] runs) => runs.Length > 0 ? Number(runs[0]) : 1;
}
