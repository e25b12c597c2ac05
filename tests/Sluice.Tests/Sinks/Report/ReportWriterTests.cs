using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sluice.Recipes;
using Sluice.Recipes.Steps;

namespace Sluice.Tests.Sinks.Report;

public sealed class ReportWriterTests
{
    private const string Script = "<script>alert('&\"')</script>";

    private static IRecipeStep[] TwoSteps =>
        [new ThresholdStep(new ThresholdStepOptions { Column = "quality", Above = 1.95 }), new TopStep(new TopStepOptions { Column = "quality", Count = 10 })];

    [Fact]
    public void Write_FullPool_ShowsEveryPartInOrder()
    {
        using ReportPool pool = new() { Columns = ["quality", "category", "embedding", "duplicate_of", "complexity", "turns"], Duplicate = SomeDuplicates };
        ReportPage page = pool.Write(TwoSteps);
        Assert.Equal(["funnel", "files", "mix", "scores", "map", "rows", "duplicates", "made"], page.Sections);
        Assert.Equal("Trial", page.Root.Descendants("h1").Single().Value);
        Assert.Equal("4 March 2025, 15:06 UTC", page.Root.Descendants("time").Single().Value);
        Assert.Equal(page.Sections, page.Root.Descendants("nav").Descendants("a").Select(a => ((string)a.Attribute("href")!)[1..]));
        Assert.Equal(["complexity", "turns", "quality", "Row length"], page.Section("scores").Descendants("h3").Select(h => h.Value).OrderBy(h => Array.IndexOf(["complexity", "turns", "quality", "Row length"], h)));
        Assert.Equal("quality", page.Section("scores").Descendants("h3").First().Value);
    }

    [Fact]
    public void Write_Funnel_ShowsBothEquationsAndEachStep()
    {
        using ReportPool pool = new() { Rows = 3000, Quality = static row => row / 100.0, Columns = ["quality", "duplicate_of"], Duplicate = static row => row == 7 ? (3, 1f) : (-1, float.NaN) };
        ReportPage page = pool.Write([new ThresholdStep(new ThresholdStepOptions { Column = "quality", AtLeast = 10 }), new TopStep(new TopStepOptions { Column = "quality", Count = 500 })]);
        Assert.Equal(
            ["read 3,003 = annotated 2,999 + duplicate 1 + rejected 3 ✓ holds", "candidates 2,999 = selected 500 + dropped 2,499 ✓ holds"],
            page.Styled("funnel", "equation").Select(e => e.Value));
        Assert.Equal(
            ["3,003 in, 2,999 out (99.9 %)", "2,999 in, 2,000 out (66.7 %)", "2,000 in, 500 out (25.0 %)"],
            page.Styled("funnel", "amount").Select(e => e.Value));
        Assert.Equal(
            ["999 × quality … is not at least 10", "1,500 × quality … ranks …, the best 500 were kept"],
            page.Styled("funnel", "reasons").Descendants("li").Select(e => e.Value));
    }

    [Fact]
    public void Write_CountsThatDoNotAddUp_SaysSo()
    {
        using ReportPool pool = new() { Rejected = 0 };
        ReportPage page = pool.Write(TwoSteps, outcome => new RecipeOutcome
        {
            Candidates = outcome.Candidates + 1,
            Selected = outcome.Selected,
            Dropped = outcome.Dropped,
            Steps = outcome.Steps,
            RowFigures = outcome.RowFigures,
        });
        Assert.Contains("DOES NOT HOLD", page.Styled("funnel", "equation")[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StepsOfOneName_TellsThemApart()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([
            new ThresholdStep(new ThresholdStepOptions { Column = "quality", AtLeast = 1 }),
            new ThresholdStep(new ThresholdStepOptions { Column = "quality", AtMost = 4 })]);
        Assert.Equal(
            ["10 × quality … is not at least 1", "19 × quality … is not at most 4"],
            page.Styled("funnel", "reasons").Descendants("li").Select(e => e.Value));
        Assert.Equal(["row 10", "row 11", "row 12"], Rows(page, 0, "kept"));
        Assert.Equal(["row 0", "row 1", "row 2"], Rows(page, 0, "dropped"));
        Assert.Equal(["row 41", "row 42", "row 43"], Rows(page, 1, "dropped"));
    }

    [Fact]
    public void Write_StepThatDrawsRowsBackIn_Accounts()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([
            new FigureStep("Choose", r => r < 20, _ => "not chosen"),
            new FigureStep("Proportions", r => r >= 5, _ => "share lowered", new JsonObject { ["added"] = 5 }, added: [30, 31, 32, 33, 34])]);
        string[] words = [.. page.Section("funnel").Descendants("p").Select(p => p.Value)];
        Assert.Contains("35 dropped here, because:", words);
        Assert.Contains("5 rows passed over here, but drawn in again by a later step; not counted as dropped here.", words);
        Assert.Contains("5 dropped here, because:", words);
        Assert.Contains("5 rows drawn in here that earlier steps had passed over.", words);
    }

    [Fact]
    public void Write_MixOfCategories_ComparesBeforeAndAfter()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("Choose", r => r % 3 == 0 || r == 1, _ => "no")]);
        Assert.Equal(["chat", "code", "maths"], page.Styled("mix", "name").Select(e => e.Value));
        Assert.Equal(
            ["33.3 % → 0.0 % -33.33 pp · 0 of 20 rows", "33.3 % → 4.8 % -28.57 pp · 1 of 20 rows", "33.3 % → 95.2 % +61.90 pp · 20 of 20 rows"],
            page.Styled("mix", "amount").Select(e => e.Value));
        Assert.Contains("move 61.9 % of the rows", page.Section("mix").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ScriptsInAllTexts_AreOnlyText()
    {
        using ReportPool pool = new()
        {
            Name = "Run " + Script,
            Files = [Script + ".jsonl"],
            Text = row => $"{Script} {row}",
            Category = row => Script,
            Settings = new() { [Script] = Script },
            Columns = ["quality", "category", "embedding", "duplicate_of"],
            Duplicate = SomeDuplicates,
        };
        ReportPage page = pool.Write([new FigureStep("Step " + Script, r => r > 5, _ => "because " + Script, new JsonObject { ["column"] = Script, ["limit"] = Script })]);
        Assert.Empty(page.Root.Descendants("script"));
        Assert.DoesNotContain("<script", page.Source, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Run " + Script, page.Root.Descendants("h1").Single().Value);
        Assert.Contains("because " + Script, page.Section("funnel").Value, StringComparison.Ordinal);
        Assert.Contains(Script, page.Section("mix").Value, StringComparison.Ordinal);
        Assert.Contains(Script.Replace("\"", "\\\"", StringComparison.Ordinal), page.Section("rows").Value, StringComparison.Ordinal);
        Assert.Contains(Script, page.Section("duplicates").Value, StringComparison.Ordinal);
        Assert.Contains(Script, page.Section("made").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Write_ControlCharactersAndHalfSurrogates_StaysWellFormed()
    {
        using ReportPool pool = new() { Name = "a\0b\u001b\ud800c\uffff 😀", Category = row => "x\u0007" };
        ReportPage page = pool.Write([new FigureStep("Choose\u0001", r => r > 5, r => $"\u0001 {r}")]);
        Assert.Equal("a\ufffdb\ufffd\ufffdc\ufffd 😀", page.Root.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Write_AnyPool_LoadsNothingFromElsewhere()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write(TwoSteps);
        XElement[] all = [.. page.Root.DescendantsAndSelf()];
        Assert.DoesNotContain(all, e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "embed" or "base" or "form");
        Assert.DoesNotContain(all.Attributes(), a => a.Name.LocalName is "src" or "srcset" or "xmlns" or "style");
        Assert.All(all.Attributes().Where(a => a.Name.LocalName.EndsWith("href", StringComparison.Ordinal)), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
        string style = page.Root.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Source, StringComparison.Ordinal);
        string[] ids = [.. all.Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Write_PoolWithoutColumns_SaysWhatIsMissing()
    {
        using ReportPool pool = new() { Columns = [], IsAnnotated = false };
        ReportPage page = pool.Write([new FigureStep("Choose", r => r < 9, _ => "no")]);
        Assert.Equal(["funnel", "files", "scores", "rows", "made"], page.Sections);
        string foot = page.Root.Descendants("footer").Single().Value;
        Assert.Contains("the pool has no column of categories", foot, StringComparison.Ordinal);
        Assert.Contains("the pool has no column 'embedding' of vectors", foot, StringComparison.Ordinal);
        Assert.Contains("the pool was made without looking for duplicates", foot, StringComparison.Ordinal);
        Assert.Contains("This run scored nothing", page.Section("made").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameInputsTwice_SameBytes()
    {
        using ReportPool pool = new();
        Assert.Equal(pool.Write(TwoSteps).Source, pool.Write(TwoSteps).Source);
    }

    [Fact]
    public void Write_EverythingLong_StaysBelowOneAndAHalfMegabytes()
    {
        string quotes = new('"', 1000);
        using ReportPool pool = new()
        {
            Rows = 6000,
            Name = quotes,
            Files = [.. Enumerable.Range(0, 400).Select(i => $"{i}{quotes}")],
            Text = row => row < 500 ? quotes : "short",
            Category = row => $"{row % 200}{quotes}",
            Settings = Enumerable.Range(0, 400).ToDictionary(i => $"{i}{quotes}", i => quotes),
            Columns = ["quality", "category", "embedding", "turns", "complexity"],
        };
        JsonObject Shares() => new(Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"{i}{quotes}", (JsonNode?)0.005)));
        JsonObject proportions = new() { ["weights"] = Shares(), ["alpha"] = Shares(), ["duals"] = Shares(), ["reducedCosts"] = Shares(), ["status"] = quotes };
        JsonObject kcenter = new() { ["radius"] = new JsonArray([.. Enumerable.Range(0, 50_000).Select(i => (JsonNode)(100.0 / (i + 1)))]), ["radiusEnd"] = 0.001, ["lowerBound"] = 0.0006 };
        ReportPage page = pool.Write([
            .. Enumerable.Range(0, 60).Select(i => new FigureStep($"{i}{quotes}", r => r != i && r != i + 100, r => $"{quotes} {(char)('a' + (r % 26))}")),
            new FigureStep("Proportions", r => r % 4 > 0, r => $"{r}{quotes}{r % 7}", proportions),
            new FigureStep("KCenter", r => r % 4 > 1, r => $"not {(char)('a' + (r % 26))} {quotes}", kcenter)]);
        Assert.True(page.Bytes < 1_500_000, $"{page.Bytes} bytes");
        Assert.InRange(page.Styled("map", "dot").Length, 1000, 1500);
        Assert.Equal(4000 - page.Styled("map", "dot").Length, ((string)page.Styled("map", "dots").Single(e => e.Name == "path").Attribute("d")!).Count(c => c == 'M'));
    }

    private static (long Of, float Similarity) SomeDuplicates(int row) => row switch
    {
        11 => (3, 1f),
        12 => (4, 0.72f),
        13 => (5, 0.9f),
        _ => (-1, float.NaN),
    };

    private static string[] Rows(ReportPage page, int step, string side) =>
    [
        .. page.Section("rows").Elements("details").ElementAt(step).Descendants("div").Single(d => (string?)d.Attribute("class") == $"side {side}").Descendants("b").Select(b => b.Value),
    ];
}
