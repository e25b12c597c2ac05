using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The hosted service, and how the program ends when it is told to.</summary>
public sealed class ServiceTests
{
    private const string Row = """{"instruction":"Name river number NN of the list.","output":"The Danube is river NN, it flows through ten countries."}""";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Serve_FilesDroppedIntoAFolder_AreIngestedOnceAndSigtermStopsCleanly()
    {
        using Cli cli = new();
        Directory.CreateDirectory(cli["inbox"]);
        cli.Write("p.json", """{ "Sources": [ { "Path": "inbox" } ], "Stages": { "Dedup": { "Near": false } }, "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 1000 } ], "Serve": { "PollInterval": "00:00:00.2", "SettleTime": "00:00:00.4" } }""");
        using Process process = cli.Start("serve", "p.json", "--set", "Serve:Http:Enabled=false");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();

        cli.Write("inbox/b.jsonl", Rows(0, 5));
        await UntilAsync(cli, process, 5);
        // Sorts before the first one, and yet its rows come after: what the pool holds is never renumbered.
        cli.Write("inbox/a.jsonl.tmp", Rows(5, 8));
        File.Move(cli["inbox/a.jsonl.tmp"], cli["inbox/a.jsonl"]);
        await UntilAsync(cli, process, 8);

        Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{await output}\n{await error}");
        Assert.Equal(["b.jsonl", "a.jsonl"], cli.Json("runs/p/out/run.json")["files"]!.AsArray().Select(f => (string)f!["name"]!));
        cli.Run("verify", "runs/p/work").Expect(0);
    }

    [Fact]
    public async Task Run_Interrupted_ExitsWith130AndResumes()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 8000 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 10 } ], "Pool": { "SegmentRows": 500 }, "Flow": { "BatchRows": 100 } }""");
        using Process process = cli.Start("run", "p.json");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string ledger = cli["runs/p/work/pool/ledger.jsonl"];
        Stopwatch waited = Stopwatch.StartNew();
        while (!File.Exists(ledger) && !process.HasExited && waited.Elapsed < s_patience)
        {
            await Task.Delay(20);
        }

        Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync().WaitAsync(s_patience);

        Assert.True(process.ExitCode == 130, $"exit code {process.ExitCode}\n{await output}\n{await error}");
        Assert.Contains("the same command resumes", await error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli["runs/p/out/run.json"]));
        Assert.Contains("kept from an earlier run", cli.Run("run", "p.json").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SecondOneOnTheSameWorkDirectory_IsRefusedAndTheOwnerNamed()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 200 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 10 } ] }""");
        cli.Run("demo", "--rows", "200", "--out", "d.jsonl").Expect(0);
        Directory.CreateDirectory(cli["runs/p/work"]);
        using (new FileStream(cli["runs/p/work/lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            cli.Write("runs/p/work/lock.owner", "process 77 on elsewhere");
            Assert.Contains("in use by process 77 on elsewhere", cli.Run("run", "p.json").Expect(2).Error, StringComparison.Ordinal);
        }

        cli.Run("run", "p.json").Expect(0);
    }

    [Fact]
    public void Run_Json_SpeaksOneObjectALine()
    {
        using Cli cli = new();
        cli.Write("p.json", """{ "Sources": [ { "Path": "d.jsonl", "Demo": { "Rows": 300 } } ], "Recipe": [ { "Step": "Top", "Column": "quality", "Count": 10 } ] }""");

        string[] lines = cli.Run("run", "p.json", "--json").Expect(0).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, l => Assert.NotNull(JsonNode.Parse(l)!["event"]));
        Assert.Contains(lines, l => l.Contains("\"phase\":\"Scoring\"", StringComparison.Ordinal) && l.Contains("\"event\":\"done\"", StringComparison.Ordinal));
    }

    private static string Rows(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(i => Row.Replace("NN", $"{i * 37}", StringComparison.Ordinal) + "\n"));

    private static async Task UntilAsync(Cli cli, Process process, int rows)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(process.HasExited, "the service ended by itself");
            Assert.True(waited.Elapsed < s_patience, $"the pool did not reach {rows} rows in time");
            string path = cli["runs/p/out/run.json"];
            try
            {
                if (File.Exists(path) && (int)JsonNode.Parse(File.ReadAllText(path))!["rows"]!["read"]! == rows)
                {
                    return;
                }
            }
            catch (FileNotFoundException)
            {
                // Between removing the old manifest and writing the new one.
            }

            await Task.Delay(50);
        }
    }
}
