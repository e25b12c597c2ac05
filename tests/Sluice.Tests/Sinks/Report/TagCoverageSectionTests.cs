using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sluice.Tests.Sinks.Report;

public sealed class TagCoverageSectionTests
{
    private static JsonObject Figures => new()
    {
        ["kept"] = 20,
        ["count"] = 30,
        ["exhausted"] = true,
        ["untagged"] = 4,
        ["rounds"] = 3,
        ["tags"] = 40,
        ["coverage"] = 0.95,
        ["coverageAtRandom"] = 0.5,
        ["complexity"] = new JsonObject { ["in"] = 2.25, ["out"] = 6.5 },
        ["coverageCurve"] = new JsonObject { ["rank"] = new JsonArray(1, 10, 20), ["coverage"] = new JsonArray(0.25, 0.8, 0.95) },
        ["topTags"] = new JsonArray(new JsonObject { ["tag"] = "poetry<b>", ["in"] = 30, ["out"] = 15 }),
        ["normalized"] = new JsonObject
        {
            ["raw"] = 100,
            ["frequency"] = 80,
            ["rules"] = 60,
            ["atomic"] = 60,
            ["groups"] = 7,
            ["leftOut"] = 20,
            ["table"] = "made",
            ["merged"] = new JsonArray(new JsonObject
            {
                ["atomic"] = "poetry",
                ["tags"] = 4,
                ["from"] = new JsonArray(new JsonObject { ["tag"] = "Poem", ["rows"] = 5, ["stage"] = "rules" }, new JsonObject { ["tag"] = "verse", ["rows"] = 3, ["stage"] = "semantic" }),
            }),
        },
    };

    [Fact]
    public void Write_TagCoverage_TellsCoverageComplexityAndWhatWasMerged()
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("TagCoverage", r => r < 20, _ => "no", Figures)]);
        XElement section = page.Section("tags");

        Assert.StartsWith(
            "Step 1: the 20 chosen rows cover 95.0 % of 40 tags, in 3 rounds; as many rows drawn at random would cover 50.0 %. They carry 6.5 tags a row, against 2.25 of all rows that "
            + "came in (complexity). 4 rows came in without a tag. 30 rows were asked for, and no more can be taken.",
            section.Descendants("p").First().Value,
            StringComparison.Ordinal);
        Assert.Equal(3, ((string)page.Styled("tags", "line").Single().Attribute("d")!).Count(c => c is 'M' or 'L'));
        Assert.Equal(["100 tags", "80 tags", "60 tags"], page.Styled("tags", "amount").Select(e => e.Value));
        string[][] rows = [.. section.Descendants("tbody").Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];
        Assert.Equal(["poetry", "4", "Poem (rules), verse (semantic) and 1 more"], rows[0]);
        Assert.Equal(["poetry<b>", "30", "50.0 %", "15", "75.0 %", "+25.00 pp"], rows[1]);
        Assert.Contains("20 tags left out, 7 atomic tags made of several. The table that says so", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TableThatWasRead_SaysSo()
    {
        JsonObject figures = Figures;
        figures["normalized"] = new JsonObject { ["raw"] = 100, ["atomic"] = 61, ["table"] = "read", ["unlisted"] = 3 };
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("TagCoverage", r => r < 20, _ => "no", figures)]);

        Assert.Equal(["100 tags", "61 tags"], page.Styled("tags", "amount").Select(e => e.Value));
        Assert.Contains("3 tags it does not name stay as they are", page.Section("tags").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"coverage":1}""")]
    [InlineData("""{"coverage":0.5,"coverageCurve":{"rank":[1]},"topTags":[{}],"normalized":{}}""")]
    public void Write_FiguresMissing_WritesWhatThereIs(string figures)
    {
        using ReportPool pool = new();
        ReportPage page = pool.Write([new FigureStep("TagCoverage", r => r < 20, _ => "no", JsonNode.Parse(figures)!.AsObject())]);

        Assert.Contains("tags", page.Sections);
        Assert.Empty(page.Styled("tags", "line"));
    }

    [Fact]
    public void Write_NoSuchStep_LeavesTheChapterOut()
    {
        using ReportPool pool = new();
        Assert.DoesNotContain("tags", pool.Write([new FigureStep("Top", r => r < 20, _ => "no")]).Sections);
    }
}
