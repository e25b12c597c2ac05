using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>The study of category interactions: data sets out, scores in, matrix and taxonomy out, and on into a recipe.</summary>
public sealed class StudyTests
{
    private static readonly string[] s_categories = ["Code", "Humanities, History", "Maths", "Talk"];

    // Row = target, column = trained. Code helps Maths, Maths helps History, Talk hurts Code beyond the limit.
    private static readonly double[,] s_gamma =
    {
        { 1, 0.1, 0.3, -1.5 },
        { 0.2, 1, 0.7, 0.05 },
        { 0.8, -0.3, 1, 0 },
        { 0.4, 0.25, 0.1, 1 },
    };

    [Fact]
    public void Study_DemoPoolPlannedScoredAndEstimated_GivesTheKnownMatrixBackToARecipe()
    {
        using Cli cli = new();
        Dictionary<int, string> rows = Import(cli, 500);
        cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "120", "--each", "50", "--slices", "4").Expect(0);
        Assert.Equal(1 + (5 * 4 * 4), cli.Lines("study/scores-template.csv").Length);
        cli.Write("scores.csv", Filled(cli.Lines("study/scores-template.csv")));

        CliResult result = cli.Run("study", "estimate", "--study", "study/study.json", "--scores", "scores.csv", "--out", "answer").Expect(0);

        Assert.Contains("4 x 4 coefficients, 0 undefined, 1 clipped.", result.Output, StringComparison.Ordinal);
        string[] matrix = cli.Lines("answer/matrix.csv");
        Assert.Equal("target,\"Code\",\"Humanities, History\",\"Maths\",\"Talk\"", matrix[0]);
        for (int target = 0; target < 4; target++)
        {
            double[] values = [.. matrix[target + 1].Split("\",")[1].Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            Assert.All(values.Select((v, trained) => (v, Math.Clamp(s_gamma[target, trained], -1.2, 1.2))), p => Assert.Equal(p.Item2, p.v, 0.03));
        }

        JsonNode clipped = Assert.Single(cli.Json("answer/estimate.json")["clipped"]!.AsArray())!;
        Assert.Equal(("Talk", "Code", -1.2), ((string)clipped["trained"]!, (string)clipped["target"]!, (double)clipped["gamma"]!));
        Assert.InRange((double)clipped["variance"]!, 1e-9, 0.01);
        Assert.Equal(17, cli.Lines("answer/confidence/cells.csv").Length);
        Assert.Equal(5, cli.Lines("answer/confidence/variance.csv").Length);
        JsonNode taxonomy = cli.Json("answer/taxonomy.json");
        Assert.Equal("""["Code"]""", taxonomy["base"]!.ToJsonString());
        Assert.Equal("""["Maths","Talk"]""", taxonomy["intermediate"]!.ToJsonString());
        Assert.Equal("""["Humanities, History"]""", taxonomy["dependent"]!.ToJsonString());
        Assert.Contains("<svg", File.ReadAllText(cli["answer/study.html"]), StringComparison.Ordinal);

        cli.Write("r.json", """[ { "Step": "Proportions", "Matrix": "answer/matrix.csv", "Count": 200, "Shift": 0.05 }, { "Step": "Curriculum", "Taxonomy": "answer/taxonomy.json", "Shift": 0.05 } ]""");
        cli.Run("select", "r.json", "--pool", "pool", "--out", "out").Expect(0);
        JsonNode steps = cli.Json("out/run.json")["steps"]!;
        Assert.Equal(200, s_categories.Sum(c => (int)steps[0]!["counts"]![c]!));
        Assert.Equal(10, (int)steps[1]!["shift"]!);
        JsonNode[] lines = [.. cli.Lines("out/selection.jsonl").Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(600, lines.Length);
        Assert.All(lines.CountBy(l => (int)l["row"]!), r => Assert.Equal(3, r.Value));
        Assert.Equal(Enumerable.Range(0, 600).Select(i => 1 + (i / 200)), lines.Select(l => (int)l["epoch"]!));
        int[] code = [.. steps[1]!["epochs"]!.AsArray().Select(e => (int)e!["base"]!)];
        Assert.Equal(Enumerable.Range(1, 3).Select(e => lines.Count(l => (int)l["epoch"]! == e && rows[(int)l["row"]!] == "Code")), code);
        Assert.Equal((10, 10), (code[0] - code[1], code[1] - code[2]));
    }

    [Fact]
    public void Plan_Twice_WritesTheSameBytesOfUntouchedRows()
    {
        using Cli cli = new();
        Dictionary<int, string> categories = Import(cli, 300);
        string[] originals = cli.Lines("rows.jsonl");
        cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "60", "--each", "40").Expect(0);
        Dictionary<string, string> first = Hashes(cli["study"]);

        Assert.Contains("7 of 7 files were there already", cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "60", "--each", "40").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(first, Hashes(cli["study"]));
        cli.Run("study", "plan", "--pool", "pool", "--out", "other", "--base", "60", "--each", "40").Expect(0);
        Assert.Equal(first, Hashes(cli["other"]));

        JsonNode study = cli.Json("study/study.json");
        string[] baseLines = cli.Lines("study/base.jsonl");
        Assert.Equal(60, baseLines.Length);
        ILookup<string, int> index = cli.Lines("study/rows.csv").Skip(1).ToLookup(l => l[1..l.LastIndexOf("\",", StringComparison.Ordinal)], l => int.Parse(l.Split("\",")[^1].Split(',')[0], CultureInfo.InvariantCulture));
        Assert.Equal(index["base"].Select(r => originals[r]), baseLines);
        foreach (JsonNode? set in study["dataSets"]!.AsArray())
        {
            string file = (string)set!["file"]!;
            Assert.Equal((string)set["sha256"]!, first[file]);
            string[] lines = cli.Lines("study/" + file);
            Assert.Equal(baseLines, lines[..60]);
            if ((string?)set["category"] is { } category)
            {
                Assert.Equal(index[category].Select(r => originals[r]), lines[60..]);
                Assert.All(index[category], r => Assert.Equal(category, categories[r]));
                Assert.Empty(index[category].Intersect(index["base"]));
                Assert.Equal(index[category].Order(), index[category]);
            }
        }

        // One category alone: its data set is the same as among the others.
        cli.Run("study", "plan", "--pool", "pool", "--out", "one", "--base", "60", "--each", "40", "--categories", "Humanities, History").Expect(0);
        Assert.Equal(first["base+humanities-history.jsonl"], Hashes(cli["one"])["base+humanities-history.jsonl"]);
        Assert.Equal(2, Directory.GetFiles(cli["one"], "*.jsonl").Length);
    }

    [Fact]
    public void Plan_FewRowsAndFilledTable_TakesAllAndNeverOverwritesScores()
    {
        using Cli cli = new();
        Import(cli, 300);
        CliResult result = cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "60", "--each", "1000").Expect(0);
        Assert.Contains("Fewer than the 1,000 rows asked for are outside the base set, so all of them are taken: 'Code' ", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, cli.Json("study/study.json")["fewerRowsThanAsked"]!.AsObject().Count);
        File.AppendAllText(cli["study/scores-template.csv"], "my work\n");
        File.AppendAllText(cli["study/base.jsonl"], "tampered\n");
        string study = File.ReadAllText(cli["study/study.json"]);

        CliResult again = cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "60", "--each", "1000").Expect(0);

        Assert.Contains("scores-template.csv has been filled in", again.Error, StringComparison.Ordinal);
        Assert.Contains("base.jsonl was there with other bytes", again.Error, StringComparison.Ordinal);
        Assert.Equal("my work", cli.Lines("study/scores-template.csv")[^1]);
        Assert.Equal(60, cli.Lines("study/base.jsonl").Length);
        Assert.Equal(study, File.ReadAllText(cli["study/study.json"]));
    }

    [Fact]
    public void Plan_BaseOfASelection_IsThatSelectionInItsOrder()
    {
        using Cli cli = new();
        Import(cli, 300);
        cli.Write("selection.jsonl", "{\"rank\":0,\"row\":200}\n{\"rank\":1,\"row\":3}\n{\"rank\":2,\"row\":77}\n");
        cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base-rows", "selection.jsonl", "--each", "10").Expect(0);

        string[] rows = cli.Lines("rows.jsonl");
        Assert.Equal([rows[200], rows[3], rows[77]], cli.Lines("study/base.jsonl"));
        cli.Write("selection.jsonl", "{\"rank\":0,\"row\":3}\n{\"rank\":1,\"row\":200}\n{\"rank\":2,\"row\":77}\n");
        Assert.Contains("planned with baseRows", cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base-rows", "selection.jsonl", "--each", "10").Expect(2).Error, StringComparison.Ordinal);
        cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base-rows", "selection.jsonl", "--each", "10", "--categories", "Code", "--fresh").Expect(0);
        Assert.Equal(["base+code.jsonl", "base.jsonl"], Directory.GetFiles(cli["study"], "*.jsonl").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Study_Mistakes_AreAllReportedAtOnceWithCodeTwo()
    {
        using Cli cli = new();
        Import(cli, 300);
        string plan = cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--each", "0", "--base", "6000", "--categories", "Cods").Expect(2).Error;
        Assert.Equal(3, plan.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Did you mean 'Code'", plan, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli["study"]));

        cli.Run("study", "plan", "--pool", "pool", "--out", "study", "--base", "60", "--each", "10", "--slices", "1").Expect(0);
        string[] lines = cli.Lines("study/scores-template.csv");
        cli.Write("scores.csv", string.Join('\n', lines.Select((l, i) => i switch { 0 => l, 3 => "\"Kode\",\"Code\",1,0.5", 5 => l + "NaN", _ => l + "0.5" })));
        string[] errors = cli.Run("study", "estimate", "--study", "study/study.json", "--scores", "scores.csv", "--out", "answer").Expect(2).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, errors.Length);
        Assert.Contains(errors, e => e.Contains("scores.csv, line 4: Found the trained category 'Kode'", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("line 6: Found the score 'NaN'", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("Found no score of 'base' on 'Maths'", StringComparison.Ordinal));
        Assert.False(Directory.Exists(cli["answer"]));
        cli.Run("study", "estimate", "--study", "study/study.json", "--out", "answer").Expect(2);
    }

    [Fact]
    public void Estimate_FinishedMatrix_DrawsIt()
    {
        using Cli cli = new();
        cli.Write("m.csv", "target,a,b\na,1,0.1\nb,0.7,1\n");
        cli.Run("study", "estimate", "--matrix", "m.csv", "--out", "answer").Expect(0);

        Assert.Equal(["heatmap.svg", "study.html", "taxonomy.json"], Directory.GetFiles(cli["answer"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal("""["a"]""", cli.Json("answer/taxonomy.json")["base"]!.ToJsonString());
        cli.Run("study", "estimate", "--matrix", "m.csv", "--transpose", "--out", "answer").Expect(0);
        Assert.Equal("""["b"]""", cli.Json("answer/taxonomy.json")["base"]!.ToJsonString());
    }

    // Demo rows that a pool can hold, with a category each by their kind.
    private static Dictionary<int, string> Import(Cli cli, int count)
    {
        cli.Run("demo", "--rows", count.ToString(CultureInfo.InvariantCulture), "--seed", "5", "--out", "demo.jsonl").Expect(0);
        StringBuilder rows = new();
        StringBuilder column = new("row,value\n");
        Dictionary<int, string> categories = [];
        foreach (string line in cli.Lines("demo.jsonl"))
        {
            string? kind;
            try
            {
                kind = (string?)JsonNode.Parse(line)?["kind"];
            }
            catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
            {
                // A planted broken row.
                continue;
            }

            string category = s_categories[(kind ?? "").Sum(c => c) % 4];
            column.Append(CultureInfo.InvariantCulture, $"{categories.Count},\"{category}\"\n");
            categories[categories.Count] = category;
            rows.Append(line).Append('\n');
        }

        cli.Write("rows.jsonl", rows.ToString());
        cli.Write("c.csv", column.ToString());
        cli.Run("import", "--pool", "pool", "--rows", "rows.jsonl", "--column", "category=c.csv").Expect(0);
        Assert.Equal(4, categories.Values.Distinct().Count());
        return categories;
    }

    // Scores that follow from the known matrix, with a little noise of its own on every slice.
    private static string Filled(string[] template)
    {
        Random noise = new(17);
        StringBuilder text = new(template[0] + "\n");
        foreach (string line in template.Skip(1))
        {
            string[] names = line.Split('"');
            int target = Array.IndexOf(s_categories, names[3]);
            int trained = Array.IndexOf(s_categories, names[1]);
            int slice = int.Parse(names[4].Trim(','), CultureInfo.InvariantCulture);
            double own = 0.1 + (0.05 * slice);
            double gain = trained < 0 ? 0 : trained == target ? own : (s_gamma[target, trained] * own) + ((noise.NextDouble() - 0.5) * 0.004);
            text.Append(line).Append((0.3 + (0.1 * target) + (0.01 * slice) + gain).ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        return text.ToString();
    }

    private static Dictionary<string, string> Hashes(string folder) =>
        Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));
}
