using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sluice.Runs.Import;

namespace Sluice.EndToEnd.Tests;

/// <summary>Rows and columns computed elsewhere, then the select half alone, against published values.</summary>
public sealed class ImportTests
{
    [SharedFact("goldens.json")]
    public void Select_KCenterGoldens_ExactOrdersAndRadii()
    {
        using Cli cli = new();
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Cli.Shared("goldens.json")))!["kcenter"]!;
        double[][] points = [.. golden["points"]!.AsArray().Select(p => p!.AsArray().Select(v => (double)v!).ToArray())];
        ImportPoints(cli, points);
        foreach (int start in (int[])[0, 1, 2])
        {
            cli.Write("r.json", $$"""[ { "Step": "KCenter", "Count": 10, "Start": [{{start}}] } ]""");
            cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(0);

            Assert.Equal(golden["start" + start]!.AsArray().Select(v => (int)v!), cli.Lines("out/selection.jsonl").Select(l => (int)JsonNode.Parse(l)!["row"]!));
            JsonNode step = cli.Json("out/run.json")["steps"]![0]!;
            double[] radii = [.. step["radius"]!.AsArray().Select(v => (double)v!)];
            Assert.Equal(9, radii.Length);
            Assert.Equal(start == 0 ? 10 : start == 1 ? Math.Sqrt(82) : Math.Sqrt(104), radii[0], 6);
            Assert.Equal(0, (double)step["radiusEnd"]!);
            if (start == 0)
            {
                double[] expected = [10, 9.219544, 5.656854, 5, 2.236068, 2, Math.Sqrt(2), 1, 1];
                Assert.All(expected.Zip(radii), p => Assert.Equal(p.First, p.Second, 5));
            }
        }
    }

    [SharedFact("goldens.json")]
    public void Select_ProportionsGoldens_ExactShares()
    {
        using Cli cli = new();
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Cli.Shared("goldens.json")))!["eecpo"]!;
        string[] categories = [.. Enumerable.Repeat("math", 200), .. Enumerable.Repeat("code", 300), .. Enumerable.Repeat("chat", 500)];
        ImportCategories(cli, categories);
        string[] names = ["math", "code", "chat"];
        double[][] gamma = [.. golden["gammaTargetRow"]!.AsArray().Select(r => r!.AsArray().Select(v => (double)v!).ToArray())];
        cli.Write("m.csv", ",math,code,chat\n" + string.Join('\n', names.Select((n, i) => n + "," + string.Join(',', gamma[i].Select(v => v.ToString("R", CultureInfo.InvariantCulture))))) + "\n");
        foreach ((string change, string key) in (IEnumerable<(string, string)>)[("0.03", "lpBox0.03"), ("0.25", "lpBox0.25")])
        {
            cli.Write("r.json", $$"""[ { "Step": "Proportions", "Matrix": "m.csv", "Count": 400, "Shift": 1, "MaxChange": {{change}} } ]""");
            cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(0);

            JsonNode step = cli.Json("out/run.json")["steps"]![0]!;
            double[] expected = [.. golden[key]!.AsArray().Select(v => (double)v!)];
            Assert.All(names.Select((n, i) => (expected[i], (double)step["weights"]![n]!)), p => Assert.Equal(p.Item1, p.Item2, 9));
            Assert.Equal(expected.Select(e => (int)Math.Round(e * 400)), names.Select(n => (int)step["counts"]![n]!));
            Assert.Equal(400, cli.Lines("out/selected.jsonl").Length);
        }
    }

    [SharedFact("gamma/lp_uniform_tau003.json")]
    public void Select_UniformShares28x28_MeetsThePublishedProgramme()
    {
        using Cli cli = new();
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Cli.Shared("gamma/lp_uniform_tau003.json")))!;
        string[] names = [.. golden["category_order"]!.AsArray().Select(v => (string)v!)];
        ImportCategories(cli, [.. names.SelectMany(n => Enumerable.Repeat(n, 60))]);
        foreach ((string transpose, string orientation) in (IEnumerable<(string, string)>)[("false", "Gamma_as_printed"), ("true", "Gamma_transposed")])
        {
            cli.Write("r.json", $$"""[ { "Step": "Proportions", "Count": 700, "Shift": 0.03, "Transpose": {{transpose}} } ]""");
            cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(0);

            JsonNode step = cli.Json("out/run.json")["steps"]![0]!;
            JsonNode expected = golden["orientations"]!.AsObject().First(o => o.Key.Contains(orientation, StringComparison.OrdinalIgnoreCase)).Value!;
            Assert.Equal((double)expected["objective_at_optimum"]!, (double)step["objective"]!, 9);
            double[] weights = [.. expected["w"]!.AsArray().Select(v => (double)v!)];
            Assert.All(names.Select((n, i) => (weights[i], (double)step["weights"]![n]!)), p => Assert.Equal(p.Item1, p.Item2, 9));
        }
    }

    [Fact]
    public void Select_BoundNoPoolCanMeet_ExitsWithTwoAndNamesIt()
    {
        using Cli cli = new();
        ImportCategories(cli, [.. Enumerable.Repeat("Translation", 5), .. Enumerable.Repeat("Programming Ability", 95)]);
        cli.Write("r.json", """[ { "Step": "Proportions", "Count": 80, "Shift": 1, "Bounds": { "Translation": [0.5, 1] } } ]""");

        CliResult result = cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(2);

        Assert.Contains("Translation", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli["out"]));
    }

    [Fact]
    public void Import_MatrixOfAnotherLength_SaysFoundAndExpected()
    {
        using Cli cli = new();
        cli.Write("rows.jsonl", "{\"x\":1}\n{\"x\":2}\n{\"x\":3}\n");
        WriteNpy(cli["m.npy"], [[1, 2], [3, 4]]);

        Assert.Contains("'embedding' has 2 rows", cli.Run("import", "--pool", "pool", "--rows", "rows.jsonl", "--embeddings", "m.npy").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_EachFormat_GivesTheColumnsBack()
    {
        using Cli cli = new();
        ImportPoints(cli, [[1, 2], [3, 4], [5, 6]]);
        cli.Run("export", "--pool", "pool", "--columns", "embedding", "--to", "e.npy").Expect(0);
        cli.Run("export", "--pool", "pool", "--columns", "score", "--to", "s.csv").Expect(0);
        cli.Run("export", "--pool", "pool", "--columns", "score,embedding", "--to", "s.jsonl").Expect(0);

        using (NpyFile file = NpyFile.Open(cli["e.npy"]))
        {
            Assert.Equal([1f, 2, 3, 4, 5, 6], file.ReadFloats(0, 3));
        }

        Assert.Equal(["row,id,score", "0,\"rows.jsonl#1\",0.5", "1,\"rows.jsonl#2\",1.5", "2,\"rows.jsonl#3\",2.5"], cli.Lines("s.csv"));
        Assert.Equal(5, (double)JsonNode.Parse(cli.Lines("s.jsonl")[2])!["embedding"]![0]!);
        Assert.Contains("Did you mean 'score'", cli.Run("export", "--pool", "pool", "--columns", "scor", "--to", "s.csv").Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_KeptAndDroppedRow_TellsWhereFromAndTheReason()
    {
        using Cli cli = new();
        ImportPoints(cli, [[1, 2], [3, 4], [5, 6]]);
        cli.Write("r.json", """[ { "Step": "Threshold", "Column": "score", "Above": 1 } ]""");
        cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(0);

        Assert.Contains("It was selected, at rank 0", cli.Run("why", "out", "1").Expect(0).Output, StringComparison.Ordinal);
        string dropped = cli.Run("why", "out", "rows.jsonl#1").Expect(0).Output;
        Assert.Contains("dropped by the step Threshold: score 0.5 is not above 1", dropped, StringComparison.Ordinal);
        Assert.Contains("{\"x\":0}", dropped, StringComparison.Ordinal);
        cli.Run("why", "out", "99").Expect(1);
    }

    private static void ImportPoints(Cli cli, double[][] points)
    {
        cli.Write("rows.jsonl", string.Concat(points.Select((_, i) => $"{{\"x\":{i}}}\n")));
        cli.Write("score.csv", "row,value\n" + string.Concat(points.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{i + 0.5}\n"))));
        WriteNpy(cli["m.npy"], points);
        cli.Run("import", "--pool", "pool", "--rows", "rows.jsonl", "--embeddings", "m.npy", "--column", "score=score.csv").Expect(0);
    }

    private static void ImportCategories(Cli cli, string[] categories)
    {
        cli.Write("rows.jsonl", string.Concat(categories.Select((_, i) => $"{{\"x\":{i}}}\n")));
        cli.Write("c.csv", "row,value\n" + string.Concat(categories.Select((c, i) => $"{i},\"{c}\"\n")));
        cli.Run("import", "--pool", "pool", "--rows", "rows.jsonl", "--column", "category=c.csv").Expect(0);
    }

    private static void WriteNpy(string path, double[][] rows)
    {
        using FileStream stream = File.Create(path);
        double[] flat = [.. rows.SelectMany(r => r)];
        NpyFile.Write(stream, rows.Length, rows[0].Length, "<f8", MemoryMarshal.AsBytes(flat.AsSpan()));
    }
}
