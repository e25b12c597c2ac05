using System.Globalization;
using Sluice.DuckDb.Interop;

namespace Sluice.Benchmarks.Parsing;

/// <summary>
/// Reading and parsing alone beside DuckDB on the same file: <c>parse FILE [THREADS...]</c> (default 1 2) prints a table of medians and the median of the rounds' own
/// quotients. All are measured in turn, five rounds.
/// </summary>
internal static class ParseComparison
{
    /// <summary>Runs the mode; false when the arguments do not name it.</summary>
    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not ["parse", string path, .. string[] counts])
        {
            return false;
        }

        path = Path.GetFullPath(path);
        int[] threads = counts.Length == 0 ? [1, 2] : [.. counts.Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        FlowReading ours = new(path);
        DuckDbApi api = new("");
        List<DatabaseReading> peers = [.. threads.Select(count => new DatabaseReading(api, path, count))];
        var tallies = new ReadTally[2 * threads.Length];
        List<Func<Task>> ways = [];
        for (int i = 0; i < threads.Length; i++)
        {
            (int at, int count) = (i, threads[i]);
            ways.Add(async () => tallies[2 * at] = count == 1 ? await ours.OneThreadAsync() : await ours.ThreadsAsync(count));
            ways.Add(() =>
            {
                tallies[(2 * at) + 1] = peers[at].Run();
                return Task.CompletedTask;
            });
        }

        (double Wall, double Cpu)[][] times = await Rounds.MeasureAsync(ways);
        peers.ForEach(static peer => peer.Dispose());
        Print(path, threads, tallies, times);
        return true;
    }

    private static void Print(string path, int[] threads, ReadTally[] tallies, (double Wall, double Cpu)[][] times)
    {
        double megabytes = new FileInfo(path).Length / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {megabytes:N1} MB; medians of {Rounds.Count} rounds"));
        Console.WriteLine("| threads | reader | MB/s | rows/s | CPU s | rows | length | ours / DuckDB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (int way = 0; way < times.Length; way++)
        {
            bool isOurs = way % 2 == 0;
            double seconds = Rounds.Median(times[way].Select(static t => t.Wall));
            string ratio = isOurs ? Rounds.Median(times[way].Zip(times[way + 1], static (mine, theirs) => theirs.Wall / mine.Wall)).ToString("0.00", CultureInfo.InvariantCulture) : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {threads[way / 2]} | {(isOurs ? "ours" : "DuckDB read_json, typed")} | {megabytes / seconds:0} | {tallies[way].Rows / seconds:0} | {Rounds.Median(times[way].Select(static t => t.Cpu)):0.00} | {tallies[way].Rows} | {tallies[way].Length} | {ratio} |"));
        }
    }
}
