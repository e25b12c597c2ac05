using System.Globalization;
using Xunit.Abstractions;

namespace Sluice.Faults.Tests.Harness;

/// <summary>Figures of the suite for people: each test says what it did, and <c>artifacts/faults/summary.txt</c> gathers them for <c>tests/faults.sh</c>.</summary>
internal static class Summary
{
    /// <summary>Adds a line: what was tried, how many faults hit, how many missed (the run had ended before), and the seed where chance chose.</summary>
    public static void Add(ITestOutputHelper output, string what, int hits, int missed = 0, int? seed = null)
    {
        string line = string.Join('\t', what, hits.ToString(CultureInfo.InvariantCulture), missed.ToString(CultureInfo.InvariantCulture), seed?.ToString(CultureInfo.InvariantCulture) ?? "-");
        output.WriteLine($"{what}: {hits} hit, {missed} missed, seed {seed?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        string folder = Path.Combine(Root(), "artifacts", "faults");
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, "summary.txt"), line + "\n");
    }

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Stream.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Stream.sln above {AppContext.BaseDirectory}.");
    }
}
