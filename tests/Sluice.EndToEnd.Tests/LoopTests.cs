using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>IterIT's whole loop with real small models that change from epoch to epoch; the loop cut off anywhere; the same by hand.</summary>
public sealed class LoopTests
{
    [Fact]
    public void Run_ThreeEpochs_SelectsTrainsAndScoresAgain()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline();
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);

        string[][] selected = [.. Enumerable.Range(0, 3).Select(e => cli.Lines($"o/epoch-00{e}/selected.jsonl"))];
        int wanted = (int)cli.Json("w/loop/state/state.json")["wanted"]!;
        Assert.InRange(wanted, 30, 60);
        // The first epoch has rows enough to choose from; later ones have those of their window that score below 1.
        int[] picked = [.. Enumerable.Range(0, 3).Select(e => (int)cli.Json($"w/loop/state/epoch-00{e}/state.json")["picked"]!)];
        Assert.Equal(wanted, picked[0]);
        Assert.Equal(picked, selected.Select(rows => rows.Length));
        Assert.NotEqual(selected[0], selected[1]);
        Assert.NotEqual(selected[1], selected[2]);
        Assert.Equal(selected[2], cli.Lines("o/selected.jsonl"));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(e => (int)cli.Json($"o/epoch-00{e}/run.json")["steps"]![0]!["epoch"]!));
        // The model changed, and so did what it says of the rows it was asked about again: those alone.
        byte[][] models = [.. Enumerable.Range(0, 3).Select(e => File.ReadAllBytes(cli[$"w/loop/epoch-00{e}/model/model.onnx"]))];
        Assert.NotEqual(models[0], models[1]);
        Assert.NotEqual(models[1], models[2]);
        string[] window = cli.Lines("w/loop/state/epoch-000/window.csv");
        Assert.Equal(3 * wanted, window.Length);
        string[] before = cli.Lines("w/loop/state/epoch-000/scores.csv");
        string[] after = cli.Lines("w/loop/state/epoch-001/scores.csv");
        HashSet<string> again = [.. window];
        Assert.All(before.Zip(after).Skip(1), pair => Assert.Equal(again.Contains(pair.First.Split(',')[0]), pair.First != pair.Second));
        Assert.Equal(cli.Lines("w/loop/state/epoch-002/order.csv").Order(), cli.Lines("w/loop/state/epoch-000/order.csv").Order());
        Assert.Equal(cli.Lines("w/loop/state/epoch-002/order.csv")[..picked[2]], cli.Lines("o/selection.jsonl").Select(l => JsonNode.Parse(l)!["row"]!.ToString()));
        Assert.Equal(3, Enumerable.Range(0, 3).Count(e => cli.Lines($"w/loop/epoch-00{e}/trainer.log").SequenceEqual([$"training on {picked[e]} rows", "trained"])));

        // A second run finds everything there.
        SortedDictionary<string, byte[]> results = loop.Results("o", "w");
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        AssertSame(results, loop.Results("o", "w"));
        Assert.Equal(2, cli.Lines("w/loop/epoch-002/trainer.log").Length);
    }

    [Fact]
    public void Run_KilledAgainAndAgain_EndsWithTheSameBytes()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline();
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        SortedDictionary<string, byte[]> expected = loop.Results("o", "w");
        HashSet<string> places = [];
        int kills = 0;
        bool ended = false;
        Random random = new(7);
        while (!ended)
        {
            int had = Count(cli) + random.Next(10);
            using Process process = cli.Start("run", "p.json", "--out", "o2", "--work", "w2");
            while (!process.HasExited)
            {
                // The moment after one of the next files is where this run dies.
                if (Count(cli) > had)
                {
                    places.Add(Newest(cli));
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                    kills++;
                }
            }

            ended = process.ExitCode == 0;
            Assert.True(ended || process.ExitCode == 137, $"exit code {process.ExitCode}: {process.StandardError.ReadToEnd()}");
            Assert.True(kills < 200, "the runs do not get on");
        }

        AssertSame(expected, loop.Results("o2", "w2"));
        Assert.True(kills >= 10, $"{kills} kills at {string.Join(", ", places)}");
    }

    [Fact]
    public void Run_KilledBeforeTheNewestEpochIsShown_ShowsItWhenItGoesOn()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline();
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        SortedDictionary<string, byte[]> expected = loop.Results("o", "w");

        // As it is when a run dies after it has kept the last epoch, and before it has copied its window to the top.
        File.Copy(cli["w/loop/state/epoch-000/window.csv"], cli["w/loop/state/window.csv"], overwrite: true);
        File.Delete(cli["o/run.json"]);
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);

        AssertSame(expected, loop.Results("o", "w"));
    }

    [Fact]
    public void Run_KilledWhileTraining_EndsTheTrainerItLeftAndTrainsAgain()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(more: ["--block-once", cli["blocked"]]);
        int trainer;
        using (Process process = cli.Start("run", "p.json", "--out", "o", "--work", "w"))
        {
            while (!File.Exists(cli["blocked"]))
            {
                Assert.False(process.HasExited);
            }

            // The run alone: its trainer goes on.
            process.Kill();
            process.WaitForExit();
            trainer = int.Parse(File.ReadAllText(cli["blocked"]), CultureInfo.InvariantCulture);
        }

        using var left = Process.GetProcessById(trainer);
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);

        Assert.True(left.WaitForExit(TimeSpan.FromSeconds(30)), "the trainer that was left over is still at work");
        Assert.Equal(2, (int)cli.Json("w/loop/journal.json")["attempts"]!["0"]!);
        loop.WritePipeline("q.json");
        cli.Run("run", "q.json", "--out", "o2", "--work", "w2").Expect(0);
        AssertSame(loop.Results("o2", "w2"), loop.Results("o", "w"));
    }

    [Fact]
    public void Run_TrainerFails_SaysWhyAndTheNextRunGoesOn()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(epochs: 1, more: ["--fail-once", cli["failed"]]);
        CliResult failed = cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(1);

        Assert.Contains("ended with exit code 3, expected 0", failed.Error, StringComparison.Ordinal);
        Assert.Contains("loss is not a number", failed.Error, StringComparison.Ordinal);
        Assert.Contains("trainer.log", failed.Error, StringComparison.Ordinal);
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        Assert.True(File.Exists(cli["w/loop/epoch-000/model/model.onnx"]));
        Assert.Equal(File.ReadAllBytes(cli["o/epoch-000/selected.jsonl"]), File.ReadAllBytes(cli["o/selected.jsonl"]));
    }

    [Fact]
    public void Run_TrainerMistakes_AreNamed()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(epochs: 1);
        string[] run = ["run", "p.json", "--out", "o", "--work", "w", "--set"];
        Assert.Contains("is not the model it must be filled with", cli.Run([.. run, "Loop:Trainer:Command=true"]).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be started", cli.Run([.. run, "Loop:Trainer:Command=./absent"]).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("did not end within", cli.Run([.. run, "Loop:Trainer:TimeoutMinutes=0.00001"]).Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("no {next}", cli.Run([.. run, "Loop:Trainer:Arguments:6=x"]).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("expected true in a loop", cli.Run([.. run, "Stages:Ifd:Enabled=false"]).Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("expected Ifd", cli.Run([.. run, "Recipe:1:Step=Top", "--set", "Recipe:1:Column=ifd", "--set", "Recipe:1:Count=3"]).Expect(2).Error, StringComparison.Ordinal);
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        Assert.Contains("--fresh", cli.Run([.. run, "Recipe:0:Decay=0.5"]).Expect(2).Error, StringComparison.Ordinal);
        cli.Run([.. run, "Recipe:0:Decay=0.5", "--fresh"]).Expect(0);
    }

    [Fact]
    public void Run_Baseline_TrainsEveryEpochOnOneSelection()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(epochs: 2, strategy: "baseline");
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);

        Assert.Equal(File.ReadAllBytes(cli["o/epoch-000/selected.jsonl"]), File.ReadAllBytes(cli["o/epoch-001/selected.jsonl"]));
        Assert.Equal(0, (int)cli.Json("w/loop/state/state.json")["epoch"]!);
        Assert.True(File.Exists(cli["w/loop/epoch-001/model/model.onnx"]));
    }

    [Fact]
    public void Run_FilterBeforeTheStep_TheLoopIsAboutWhatItLeaves()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(epochs: 2, recipe: """[ { "Step": "Threshold", "Column": "loss_direct", "Above": 3.0 }, { "Step": "Ifd", "Ratio": 20 } ]""");
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);

        JsonNode steps = cli.Json("o/run.json")["steps"]!;
        Assert.Equal((long)steps[0]!["out"]!, (long)steps[1]!["rows"]!);
        Assert.Equal((1, 20, 60), ((int)steps[1]!["epoch"]!, (int)steps[1]!["wanted"]!, (int)steps[1]!["window"]!));
        Assert.True((long)steps[0]!["in"]! > (long)steps[0]!["out"]!);
        Assert.All(cli.Lines("o/selection.jsonl"), line => Assert.True((double)JsonNode.Parse(line)!["loss_direct"]! > 3));
        Assert.Equal(20, cli.Lines("o/epoch-000/selection.jsonl").Length);
    }

    [Fact]
    public void Iterate_ByHand_GivesWhatTheLoopGives()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline();
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        loop.WritePipeline("q.json", trains: false);
        CliResult waits = cli.Run("run", "q.json", "--out", "h", "--work", "v").Expect(0);
        Assert.Contains("sluice iterate --state", waits.Output + waits.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(cli["o/epoch-000/selected.jsonl"]), File.ReadAllBytes(cli["h/selected.jsonl"]));
        string[] endings = ["csv", "jsonl"];
        for (int epoch = 1; epoch < 3; epoch++)
        {
            string scores = WriteScores(cli, $"w/loop/epoch-00{epoch}/scores", endings[epoch - 1]);
            string[] iterate = ["iterate", "--state", "v/loop/state", "--scores", scores, "--out", $"h/epoch-00{epoch}"];
            cli.Run(iterate).Expect(0);
            foreach (string file in (string[])["selected.jsonl", "selection.jsonl", "dropped.parquet"])
            {
                Assert.Equal(File.ReadAllBytes(cli[$"o/epoch-00{epoch}/{file}"]), File.ReadAllBytes(cli[$"h/epoch-00{epoch}/{file}"]));
            }

            Assert.Equal(cli.Lines($"w/loop/state/epoch-00{epoch}/order.csv"), cli.Lines("v/loop/state/order.csv"));
            Assert.Equal(cli.Lines($"w/loop/state/epoch-00{epoch}/window.csv"), cli.Lines("v/loop/state/window.csv"));

            // Cut off between state and output: the same call writes the output, and the state stays.
            Directory.Delete(cli[$"h/epoch-00{epoch}"], recursive: true);
            Assert.Contains("already", Words(cli.Run(iterate).Expect(0)), StringComparison.Ordinal);
            Assert.Equal(File.ReadAllBytes(cli[$"o/epoch-00{epoch}/selected.jsonl"]), File.ReadAllBytes(cli[$"h/epoch-00{epoch}/selected.jsonl"]));
            Assert.Equal(epoch, (int)cli.Json("v/loop/state/state.json")["epoch"]!);
        }
    }

    [Fact]
    public void Iterate_WrongScores_NamesTheRows()
    {
        using LoopFixture loop = new();
        Cli cli = loop.Cli;
        loop.WritePipeline(trains: false, recipe: """[ { "Step": "Ifd", "Ratio": 4, "UpdateRatio": 2, "State": "s" } ]""");
        cli.Run("run", "p.json", "--out", "o", "--work", "w").Expect(0);
        string[] window = cli.Lines("s/window.csv");
        Assert.Equal(8, window.Length);
        string[] good = [.. window.Select((row, i) => $"{row},0.{i + 1}")];
        string Try(string[] lines, int code)
        {
            File.WriteAllLines(cli["x.csv"], lines.Prepend("row,value"));
            return Words(cli.Run("iterate", "--state", "s", "--scores", "x.csv", "--out", "i").Expect(code));
        }

        Assert.Contains($"1 rows of the window are missing ({window[7]})", Try(good[..7], 2), StringComparison.Ordinal);
        Assert.Contains($"1 rows stand more than once ({window[0]})", Try([.. good, good[0]], 2), StringComparison.Ordinal);
        Assert.Contains("1 rows are not in the window (999999)", Try([.. good, "999999,0.5"], 2), StringComparison.Ordinal);
        Assert.Contains("does not exist", Words(cli.Run("iterate", "--state", "s", "--scores", "none.csv", "--out", "i").Expect(2)), StringComparison.Ordinal);
        Assert.Contains("holds no state", Words(cli.Run("iterate", "--state", "o", "--scores", "x.csv", "--out", "i").Expect(2)), StringComparison.Ordinal);
        Assert.Contains("nothing to select", Try([.. window.Select(row => $"{row},1.5")], 1), StringComparison.Ordinal);
        Assert.Equal(0, (int)cli.Json("s/state.json")["epoch"]!);
        // A row without a score is reported and kept.
        Assert.Contains($"1 rows of the window have no score ({window[0]})", Try([$"{window[0]},", .. good[1..]], 0), StringComparison.Ordinal);
        JsonNode step = cli.Json("i/run.json")["steps"]![0]!;
        Assert.Equal((4, 1, 1), ((int)step["picked"]!, (int)step["ineligible"]!, (int)step["unscored"]!));
        Assert.Equal(window[0], cli.Lines("s/order.csv")[4]);
    }

    private static void AssertSame(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> found)
    {
        Assert.Equal(expected.Keys, found.Keys);
        Assert.True(expected.Count > 10);
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(found[file.Key]), $"{file.Key} differs"));
    }

    private static string Words(CliResult result) => result.Output + result.Error;

    private static string WriteScores(Cli cli, string folder, string ending)
    {
        string[] lines = [.. Directory.EnumerateFiles(cli[folder], "*.csv").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(l => !l.StartsWith('#')).Reverse()];
        string name = "scores." + ending;
        cli.Write(name, ending == "csv"
            ? "row,value\n" + string.Join('\n', lines) + "\n"
            : string.Join('\n', lines.Select(l => l.Split(',')).Select(c => $$"""{"row":{{c[0]}},"value":{{c[1]}}}""")) + "\n");
        return name;
    }

    private static int Count(Cli cli) => Files(cli).Count();

    private static string Newest(Cli cli) => Path.GetRelativePath(cli.Folder, Files(cli).MaxBy(File.GetLastWriteTimeUtc)!);

    private static IEnumerable<string> Files(Cli cli) => ((string[])["w2/loop", "o2", "w2/pool/segments"]).Where(d => Directory.Exists(cli[d]))
        .SelectMany(d => Directory.EnumerateFiles(cli[d], "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        .Where(f => !f.Contains("lock", StringComparison.Ordinal)).ToArray();
}
