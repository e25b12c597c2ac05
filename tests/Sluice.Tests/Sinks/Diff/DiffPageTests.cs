using System.Xml.Linq;
using Sluice.Sinks.Diff;
using Sluice.Tests.Sinks.Report;

namespace Sluice.Tests.Sinks.Diff;

public sealed class DiffPageTests
{
    private const string Script = "<script>alert('&\"')</script>";

    [Fact]
    public void Write_Report_ShowsEveryPart()
    {
        ReportPage page = Page(Report());

        Assert.Equal(["rows", "settings", "mix-category", "scores", "entered", "left"], page.Sections);
        Assert.Equal(["Stayed2 66.7 % of the first", "Entered1 in the second alone", "Left1 in the first alone", "Selected3 → 3 rows"], page.Root.Descendants("dl").Single().Elements("div").Select(e => e.Value));
        Assert.Contains("Threshold: quality … is not above 0", page.Section("entered").Value, StringComparison.Ordinal);
        Assert.Contains("dropped by Threshold: quality -1 is not above 0", page.Section("entered").Value, StringComparison.Ordinal);
        Assert.Equal(["Recipe:0:Above", "0", "-2"], page.Section("settings").Descendants("tbody").Single().Elements("tr").Single().Elements().Select(e => e.Value));
        XElement chart = page.Section("scores").Descendants("figure").Single();
        Assert.Equal(["area before", "area kept"], chart.Descendants("path").Select(p => (string)p.Attribute("class")!));
        Assert.Contains("first: 3 rows, mean 2.", chart.Value, StringComparison.Ordinal);
        Assert.Contains("second: 3 rows, mean 5.", chart.Value, StringComparison.Ordinal);
        Assert.Contains("50.0 % → 25.0 %", page.Section("mix-category").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TextFromRows_IsTextAndThePageNeedsNothingFromElsewhere()
    {
        ReportPage page = Page(Report() with
        {
            Notes = [Script],
            RowsEntered = [new DiffRow(Script, 1, Script, Script, Script)],
            WhyLeft = [new DiffReason(Script, Script, 1)],
            Settings = [new DiffSetting(Script, Script, null)],
        });

        Assert.Empty(page.Root.Descendants("script"));
        Assert.Contains(Script, page.Section("entered").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "src" or "href");
    }

    [Fact]
    public void Write_NothingMoved_HasNoChaptersForIt() => Assert.Equal(
        ["rows", "settings"], Page(Report() with { Identical = true, Entered = 0, Left = 0, Mix = [], Scores = [], Settings = [] }).Sections);

    private static ReportPage Page(DiffReport report)
    {
        using TemporaryFolder folder = new();
        using (FileStream stream = File.Create(folder["d.html"]))
        {
            DiffPage.Write(stream, report);
        }

        return new ReportPage(folder["d.html"]);
    }

    private static DiffReport Report() => new()
    {
        Identical = false,
        Before = new DiffSide("runs/a", "a", 10, 3, 3, [new DiffStep("Threshold", 3)], null),
        After = new DiffSide("runs/b", "b", 10, 3, 3, [new DiffStep("Threshold", 3)], null),
        Stayed = 2,
        Entered = 1,
        Left = 1,
        DoubtfulBefore = 0,
        DoubtfulAfter = 0,
        Ranks = new RankMoves(1, 0.5, 1, "rows.jsonl#2", 0, 1),
        Mix = [new MixShift("category", [new MixShare("maths", 2, 1, 0.5, 0.25)])],
        Scores = [new ScoreShift("quality", new ScoreFigures(3, 2, 2), new ScoreFigures(3, 5, 5)) { ValuesBefore = [1, 2, 3], ValuesAfter = [4, 5, 6] }],
        Settings = [new DiffSetting("Recipe:0:Above", "0", "-2")],
        WhyEntered = [new DiffReason("Threshold", "quality … is not above 0", 1)],
        WhyLeft = [new DiffReason("", "no candidates there", 1)],
        RowsEntered = [new DiffRow("rows.jsonl#7", 2, "maths, quality -1", "dropped by Threshold: quality -1 is not above 0", "What is it?")],
        RowsLeft = [new DiffRow("rows.jsonl#3", 2, "maths, quality 1", "no candidate there", "Why?")],
        Notes = [],
    };
}
