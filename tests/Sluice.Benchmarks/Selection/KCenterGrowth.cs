using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Benchmarks.Selection;

/// <summary>
/// How greedy k-center grows with the rows and with the picks, one run a point, as CSV: <c>kcenter-growth [FILE]</c>. Beside it <c>kcenter-matrix FILE ROWS WIDTH</c> writes
/// the benchmark's rows as raw little-endian floats, and <c>kcenter-once FILE WIDTH K [MODE]</c> chooses from such a file and writes the order beside it, for a peer to read.
/// </summary>
internal static class KCenterGrowth
{
    private const int Width = 384;

    /// <summary>Runs the named mode; false when the arguments name none of them.</summary>
    public static bool Run(string[] args)
    {
        switch (args)
        {
            case ["kcenter-growth", .. string[] rest]:
                Growth(rest.Length > 0 ? rest[0] : "bench/results/kcenter.csv");
                return true;
            case ["kcenter-matrix", string file, string rows, string width, .. string[] rest]:
                File.WriteAllBytes(file, []);
                using (FileStream stream = File.Create(file))
                {
                    MatrixRows matrix = Make(Number(rows), Number(width), rest is ["isotropic"]);
                    for (int row = 0; row < matrix.Count; row++)
                    {
                        stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
                    }
                }

                return true;
            case ["kcenter-once", string file, string width, string picks]:
                Once(file, Number(width), Number(picks));
                return true;
            default:
                return false;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static MatrixRows Make(int rows, int width, bool isotropic) =>
        isotropic ? ClusteredRows.Isotropic(rows, width) : ClusteredRows.Make(rows, width, 200, 1);

    private static void Growth(string path)
    {
        List<string> lines = ["rows,width,picks,seconds,radius"];
        MatrixRows all = Make(1_000_000, Width, false);
        foreach ((int rows, int picks) in ((int, int)[])[(50_000, 1000), (100_000, 1000), (200_000, 1000), (500_000, 1000), (1_000_000, 1000),
            (200_000, 100), (200_000, 300), (200_000, 1000), (200_000, 3000), (200_000, 10_000), (1_000_000, 10_000)])
        {
            lines.Add(Time(new FirstRows(all, rows), picks, out _));
            Console.WriteLine(lines[^1]);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, lines);
    }

    private static void Once(string file, int width, int picks)
    {
        float[] values = new float[new FileInfo(file).Length / sizeof(float)];
        using (FileStream stream = File.OpenRead(file))
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        Console.WriteLine(Time(new MatrixRows(values, width), picks, out int[] order));
        File.WriteAllLines(file + ".order", order.Select(row => row.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Time(IVectorRows rows, int picks, out int[] order)
    {
        Stopwatch watch = Stopwatch.StartNew();
        KCenterResult result = KCenterGreedy.Run(rows, new KCenterOptions { Count = picks, Start = [0] }, null, default);
        order = result.Order;
        return string.Create(CultureInfo.InvariantCulture, $"{rows.Count},{rows.Width},{picks},{watch.Elapsed.TotalSeconds:0.000},{result.RadiusEnd:0.000000}");
    }
}
