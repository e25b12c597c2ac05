using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sluice.Recipes.Steps;

namespace Sluice.Tests.Sinks.Report;

public sealed class ReportStepsTests
{
    [Fact]
    public void Write_Proportions_TellsTheProgrammeInWords()
    {
        JsonObject figures = new()
        {
            ["status"] = "optimal",
            ["objective"] = 0.4253,
            ["objectiveBefore"] = 0.413,
            ["alpha"] = new JsonObject { ["maths"] = 0.2, ["code"] = 0.3, ["chat"] = 0.5 },
            ["weights"] = new JsonObject { ["maths"] = 0.17, ["code"] = 0.33, ["chat"] = 0.5 },
            ["counts"] = new JsonObject { ["maths"] = 1700, ["code"] = 3300, ["chat"] = 5000 },
            ["countsBefore"] = new JsonObject { ["maths"] = 1000, ["code"] = 1500, ["chat"] = 2500 },
            ["worth"] = new JsonObject { ["maths"] = 0.09, ["code"] = 0.5, ["chat"] = 0.49 },
            ["worthRange"] = new JsonObject { ["maths"] = new JsonArray(null, 0.49), ["code"] = new JsonArray(0.49, null), ["chat"] = new JsonArray(0.09, 0.5) },
            ["reducedCosts"] = new JsonObject { ["maths"] = -0.4, ["code"] = 0.01, ["chat"] = 0 },
            ["limits"] = new JsonArray(
                new JsonObject { ["words"] = "Small.", ["gain"] = 0.001 }, new JsonObject { ["words"] = "Idle.", ["gain"] = 0 }, new JsonObject { ["words"] = "Large.", ["gain"] = 0.1 }),
            ["groups"] = new JsonArray(
                new JsonObject { ["name"] = "Chinese", ["min"] = 0.2, ["max"] = 0.3, ["before"] = 0.1, ["share"] = 0.25, ["count"] = 2500 },
                new JsonObject { ["name"] = "Odd", ["min"] = 0.33333, ["max"] = 0.33334, ["before"] = 0.1, ["share"] = 0.3333, ["count"] = 3333 }),
            ["axes"] = new JsonObject { ["source"] = new JsonObject { ["alpaca"] = new JsonObject { ["before"] = 4000, ["count"] = 2500 }, [""] = new JsonObject { ["before"] = 1000, ["count"] = 7500 } } },
        };
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("Proportions", r => r < 9, _ => "no", figures)]);
        XElement section = page.Section("proportions");
        Assert.Equal(["Large.", "Small.", "Idle."], section.Descendants("li").Select(e => e.Value));
        Assert.Equal("1 limit that costs nothing", section.Descendants("summary").Single().Value);
        string[][] rows = [.. section.Descendants("tbody").Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];
        Assert.Equal(["code", "30.0 %", "33.0 %", "+3.00 pp", "3,300", "0.5", "≥ 0.49", "raised, held at its upper limit: one point more would add 0.0001"], rows[0]);
        Assert.Equal(["chat", "50.0 %", "50.0 %", "0.00 pp", "5,000", "0.49", "0.09 to 0.5", "unchanged; no limit of its own binds"], rows[1]);
        Assert.Equal(["maths", "20.0 %", "17.0 %", "-3.00 pp", "1,700", "0.09", "≤ 0.49", "lowered, held at its lower limit: one point less would add 0.004"], rows[2]);
        Assert.Equal(["Chinese", "20.0 %", "30.0 %", "10.0 %", "25.0 %", "2,500", "yes"], rows[3]);
        Assert.Equal("too few: whole rows do not allow it", rows[4][^1]);
        Assert.Equal(["(no value)", "1,000", "7,500", "20.0 %", "75.0 %"], rows[5]);
        Assert.Contains("Expected effect 0.4253, 0.413 at the shares of importance (+0.0123).", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PublishedProportions_TellsTheRuleAndTheImportances()
    {
        JsonObject figures = new()
        {
            ["method"] = "published",
            ["status"] = "published",
            ["objective"] = 0.4,
            ["objectiveBefore"] = 0.413,
            ["alpha"] = new JsonObject { ["code"] = 0.5, ["chat"] = 0.5 },
            ["weights"] = new JsonObject { ["code"] = 0.2, ["chat"] = 0.8 },
            ["countsBefore"] = new JsonObject { ["code"] = 30, ["chat"] = 70 },
            ["counts"] = new JsonObject { ["code"] = 20, ["chat"] = 80 },
        };
        using ReportPool pool = new();
        XElement section = pool.Write([new FigureStep("Proportions", r => r < 9, _ => "no", figures)]).Section("proportions");
        Assert.EndsWith("the published rule", section.Descendants("h3").Single().Value, StringComparison.Ordinal);
        Assert.Contains("(-0.013)", section.Value, StringComparison.Ordinal);
        Assert.Empty(section.Descendants("li"));
        string[][] rows = [.. section.Descendants("tbody").Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];
        Assert.Equal(["chat", "70.0 %", "50.0 %", "80.0 %", "+10.00 pp", "80", "–", "–", "raised"], rows[0]);
    }

    [Fact]
    public void Write_Curriculum_StacksTheGroupsOfEachEpoch()
    {
        JsonObject figures = (JsonObject)JsonNode.Parse("""
            { "rows": 10, "shift": 2, "repeats": 20, "eachThreeTimes": true, "absent": ["Task Generation"],
              "epochs": [ {"base": 6, "middle": 2, "dependent": 2}, {"base": 4, "middle": 2, "dependent": 4}, {"base": 2, "middle": 2, "dependent": 6} ],
              "groups": { "base": {"Java": 4}, "middle": {"Talk": 2}, "dependent": {"Story": 3, "Essay": 1} } }
            """)!;
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("Curriculum", r => r < 9, _ => "no", figures)]);
        XElement section = page.Section("curriculum");
        XElement first = section.Descendants("svg").First(s => (string?)s.Attribute("class") == "bars");

        Assert.Equal(["track", "kept", "before", "dropped"], first.Elements("rect").Select(r => (string)r.Attribute("class")!));
        Assert.Equal(["0%", "0%", "60%", "80%"], first.Elements("rect").Select(r => (string)r.Attribute("x")!));
        Assert.Equal("Epoch 1: 60.0 % base · 20.0 % intermediate · 20.0 % dependent", (string)first.Attribute("aria-label")!);
        Assert.Equal(3, section.Element("ol")!.Elements("li").Count());
        Assert.Contains("Every row stands exactly three times.", section.Value, StringComparison.Ordinal);
        Assert.Contains("no row has them: Task Generation.", section.Value, StringComparison.Ordinal);
        Assert.Equal(["Java", "Talk", "Story", "Essay"], section.Descendants("tbody").Elements("tr").Select(r => r.Elements().First().Value));
    }

    [Fact]
    public void Write_KCenter_DrawsRadiusAndBound()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new KCenterStep(new KCenterStepOptions { Count = 8 })]);
        XElement line = page.Styled("coverage", "line").Single();

        // One row is the start, so seven radii stand before a pick, and one at the end.
        Assert.Equal(8, ((string)line.Attribute("d")!).Count(c => c is 'M' or 'L'));
        Assert.Single(page.Styled("coverage", "bound"));
        Assert.StartsWith("With 8 rows chosen, every row that came in lies within ", page.Section("coverage").Descendants("p").Last().Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"radius":[3,2,1],"radiusEnd":0.5}""", 4)]
    [InlineData("""{"radius":["Infinity",2,null,1]}""", 2)]
    [InlineData("""{"radiusEnd":0.5,"lowerBound":"none"}""", 1)]
    public void Write_KCenterWithFiguresMissing_DrawsWhatThereIs(string figures, int points)
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("KCenter", r => r < 9, _ => "no", (JsonObject)JsonNode.Parse(figures)!)]);
        Assert.Equal(points, ((string)page.Styled("coverage", "line").Single().Attribute("d")!).Count(c => c is 'M' or 'L'));
        Assert.Empty(page.Styled("coverage", "bound"));
    }

    [Theory]
    [InlineData("""{"radius":7,"radiusEnd":"far"}""")]
    [InlineData("""{"radius":[]}""")]
    [InlineData("{}")]
    public void Write_KCenterWithoutRadius_LeavesTheChartOut(string figures)
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("KCenter", r => r < 9, _ => "no", (JsonObject)JsonNode.Parse(figures)!)]);
        Assert.DoesNotContain("coverage", page.Sections);
    }

    [Fact]
    public void Write_NearDuplicates_ShowsLeastAlikeFirstWithMarks()
    {
        using ReportPool pool = new()
        {
            Columns = ["duplicate_of"],
            Text = row => row switch { 4 => "the cat sat on the red mat", 12 => "the cat sat on the blue mat", _ => $"row {row}" },
            Duplicate = row => row switch { 11 => (3, 1f), 12 => (4, 0.72f), 13 => (5, 0.9f), _ => (-1, float.NaN) },
        };
        ReportPage page = pool.Write([new FigureStep("Choose", r => r < 9, _ => "no")]);
        XElement section = page.Section("duplicates");
        Assert.Contains("1 row exactly and 2 rows nearly repeat an earlier row (Jaccard index of word shingles at least 0.7).", section.Value, StringComparison.Ordinal);
        XElement first = section.Elements("article").First();
        Assert.Equal("Similarity 0.72", first.Element("h3")!.Value);
        Assert.Equal(["Kept: row 4", "Repeats it: row 12"], first.Descendants("b").Select(b => b.Value));
        Assert.Equal(["red", "8", "blue", "24"], first.Descendants("mark").Select(m => m.Value));
    }

    [Fact]
    public void Write_Scores_CountOnlyCandidatesAndNameGroups()
    {
        using ReportPool pool = new() { Columns = ["quality", "duplicate_of"], Quality = row => row % 10 == 0 ? double.NaN : row, Duplicate = row => row == 12 ? (4, 0.72f) : (-1, float.NaN) };
        ReportPage page = pool.Write([new FigureStep("Choose", r => r is > 0 and < 4, _ => "no")]);
        string[] legend = [.. page.Section("scores").Descendants("figure").First().Descendants("li").Select(e => e.Value)];
        Assert.Equal(["selected: 3 rows, mean 2.", $"dropped: 50 rows, mean {(Enumerable.Range(4, 56).Where(r => r % 10 != 0 && r != 12).Average()):0.##}, 6 without a value."], legend);
    }
}
