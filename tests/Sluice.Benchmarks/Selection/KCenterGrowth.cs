using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Benchmarks.Selection;

/// <summary>
/// How greedy k-center grows with the rows and with the picks, as CSV: <c>kcenter-growth [FILE]</c>. Beside it <c>kcenter-matrix FILE ROWS WIDTH [isotropic]</c> writes the
/// benchmark's rows as raw little-endian floats, and <c>kcenter-once FILE WIDTH K ROUNDS [mapped] [bytes]</c> chooses from such a file and writes the order beside it, which
/// <c>bench/kcenter_peer.py</c> compares with its own.
/// </summary>
internal static class KCenterGrowth
{
    private const int Width = 384;
    private const string Header = "rows,width,picks,bounds,seconds,radius,confirmed,private_mb";

    private static readonly (int Rows, int Picks)[] s_points = [(50_000, 1000), (100_000, 1000), (200_000, 1000), (500_000, 1000), (1_000_000, 1000),
        (200_000, 100), (200_000, 300), (200_000, 3000), (200_000, 10_000), (1_000_000, 10_000)];

    /// <summary>Runs the named mode; false when the arguments name none of them.</summary>
    public static bool Run(string[] args)
    {
        switch (args)
        {
            case ["kcenter-growth", .. string[] rest]:
                Growth(rest.Length > 0 ? rest[0] : "bench/results/kcenter.csv");
                return true;
            case ["kcenter-matrix", string file, string rows, string width, .. string[] rest]:
                Write(file, rest is ["isotropic"] ? ClusteredRows.Isotropic(Number(rows), Number(width)) : ClusteredRows.Make(Number(rows), Number(width), 200, 1));
                return true;
            case ["kcenter-once", string file, string width, string picks, string rounds, .. string[] how]:
                Once(file, Number(width), Number(picks), Number(rounds), how);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes rows as raw little-endian floats.</summary>
    public static void Write(string path, IVectorRows rows)
    {
        using FileStream stream = File.Create(path);
        for (int row = 0; row < rows.Count; row++)
        {
            stream.Write(MemoryMarshal.AsBytes(rows.Row(row)));
        }
    }

    /// <summary>The rows of such a file, mapped as a pool's are.</summary>
    public static StepVectors Map(string path, int width)
    {
        int count = (int)(new FileInfo(path).Length / width / sizeof(float));
        MappedVectors vectors = new(count, width);
        nint start = vectors.Add(path, count);
        for (int row = 0; row < count; row++)
        {
            vectors.Place(row, start, row);
        }

        return new StepVectors(vectors);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Growth(string path)
    {
        string matrix = Path.GetTempFileName();
        Write(matrix, ClusteredRows.Make(s_points.Max(p => p.Rows), Width, 200, 1));
        GC.Collect();
        List<string> lines = [Header];
        using (StepVectors all = Map(matrix, Width))
        {
            Time(new FirstRows(all, 50_000), 1000, RowBounds.Full, out _);
            foreach (RowBounds bounds in Enum.GetValues<RowBounds>())
            {
                foreach ((int rows, int picks) in s_points)
                {
                    lines.Add(Time(new FirstRows(all, rows), picks, bounds, out _));
                    Console.WriteLine(lines[^1]);
                }
            }
        }

        File.Delete(matrix);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, lines);
    }

    private static void Once(string file, int width, int picks, int rounds, string[] how)
    {
        using StepVectors mapped = Map(file, width);
        IVectorRows rows = how.Contains("mapped") ? mapped : Read(file, width);
        int[] order = [];
        Console.WriteLine(Header);
        for (int round = 0; round < rounds; round++)
        {
            Console.WriteLine(Time(rows, picks, how.Contains("bytes") ? RowBounds.Bytes : RowBounds.Full, out order));
        }

        File.WriteAllLines(file + ".order", order.Select(row => row.ToString(CultureInfo.InvariantCulture)));
    }

    private static MatrixRows Read(string file, int width)
    {
        float[] values = new float[new FileInfo(file).Length / sizeof(float)];
        using FileStream stream = File.OpenRead(file);
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new MatrixRows(values, width);
    }

    private static string Time(IVectorRows rows, int picks, RowBounds bounds, out int[] order)
    {
        GC.Collect();
        long peak = 0;
        Stopwatch watch = Stopwatch.StartNew();
        KCenterResult result = KCenterGreedy.Run(rows, new KCenterOptions { Count = picks, Start = [0], Bounds = bounds }, _ => peak = Math.Max(peak, Private()), default);
        order = result.Order;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count},{rows.Width},{picks},{bounds},{watch.Elapsed.TotalSeconds:0.000},{result.RadiusEnd:0.000000},{result.Confirmed},{peak / 1024}");
    }

    // Memory that the process does not share with files, in KiB; 0 where the system does not say.
    private static long Private()
    {
        const string status = "/proc/self/status";
        string? line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.AsSpan("RssAnon:".Length, line.Length - "RssAnon:".Length - 3), CultureInfo.InvariantCulture);
    }
}
