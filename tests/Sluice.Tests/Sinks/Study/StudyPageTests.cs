using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sluice.Proportions;
using Sluice.Proportions.Estimation;
using Sluice.Sinks.Report;
using Sluice.Sinks.Study;

namespace Sluice.Tests.Sinks.Study;

public sealed class StudyPageTests
{
    [Fact]
    public void Write_PublishedMatrix_HasASquareAPairInTheOrderOfTheClustering()
    {
        StudyPicture picture = new(EffectEquivalence.Qwen(), null);
        XElement page = Page(picture);
        XElement[] cells = [.. Styled(page, "cell")];

        Assert.Equal(28 * 28, cells.Length);
        Assert.StartsWith("trained Humanities & Social Sciences QA → target Text Summarization: 1.1", cells[0].Elements().Single().Value, StringComparison.Ordinal);
        Assert.Equal(picture.Rows.Select(r => picture.Matrix.Categories[r]), cells.Where((_, i) => i % 28 == 0).Select(c => c.Value.Split(" → target ")[1].Split(':')[0]));
        Assert.Equal(picture.Columns.Select(c => picture.Matrix.Categories[c]), cells.Take(28).Select(c => c.Value.Split(" → target ")[0]["trained ".Length..]));
        Assert.Equal(2, Styled(page, "branch").Count());
        Assert.Equal(27, Styled(page, "branch").Select(b => ((string)b.Attribute("d")!).Count(c => c == 'M')).Distinct().Single());
        Assert.Empty(Styled(page, "cut"));
        Assert.DoesNotContain(cells, c => (string)c.Attribute("fill")! == "url(#undefined)");
    }

    [Fact]
    public void Write_Page_NeedsNothingFromElsewhereAndRunsNothing()
    {
        XElement page = Page(new StudyPicture(EffectEquivalence.Qwen(), null));

        Assert.Empty(page.Descendants("script"));
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "src" or "href" || a.Value.Contains("//", StringComparison.Ordinal));
        Assert.Equal(["map", "taxonomy", "circles", "edges", "numbers"], page.Descendants("section").Select(s => (string)s.Attribute("id")!));
        Assert.Contains(page.Descendants("meta"), m => ((string?)m.Attribute("content"))?.StartsWith("default-src 'none'", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Write_Estimate_HatchesUndefinedMarksClippedAndTellsVariance()
    {
        // a: gains of 0.1 and 0.2; b: hurts a three times over; c: moves nothing of its own.
        MeasuredScores scores = new()
        {
            Categories = ["a", "b", "c"],
            Slices = [["1", "2"], ["1"], ["1"]],
            BaseScores = [[0, 0], [0], [0]],
            Scores = [[[0.1, 0.2], [0.05], [0.3]], [[-0.3, -0.6], [0.1], [0]], [[0.01, 0.06], [0], [0]]],
        };
        EffectEstimate estimate = EffectEstimator.Estimate(scores, 0.001, 1.2);
        XElement page = Page(new StudyPicture(estimate.ToMatrix("m"), estimate));
        string[] words = [.. Styled(page, "cell").Select(c => c.Value)];

        Assert.Equal(3, Styled(page, "cell").Count(c => (string)c.Attribute("fill")! == "url(#undefined)"));
        Assert.Contains("trained a → target c: undefined, since training c itself moved its score too little on all 1 slice", words);
        Assert.Contains("trained b → target a: -1.2 (clipped from -3), variance 0 over 2 of 2 slices", words);
        Assert.Contains("trained c → target a: 0.2, variance 0.02 over 2 of 2 slices", words);
        Assert.Contains("trained a → target b: 0.5, variance – over 1 of 1 slice", words);
        // One in the map, one in the legend.
        Assert.Equal(2, Styled(page, "cut").Count());
        Assert.Equal(["undefined", "undefined", "-1.2"], page.Descendants("section").Single(s => (string)s.Attribute("id")! == "doubt").Descendants("tbody").Single()
            .Elements("tr").Take(3).Select(r => r.Elements().ElementAt(2).Value));
    }

    [Fact]
    public void Write_Circle_IsToldWithItsEdgesAndTheBrokenOne()
    {
        CategoryMatrix matrix = new("m", ["a", "b", "c"], new double[,] { { 1, 0, 0.8 }, { 0.9, 1, 0 }, { 0, 0.6, 1 } });
        XElement page = Page(new StudyPicture(matrix, null));

        Assert.Equal("b (0.6) → c (0.8) → a (0.9) → b. Left out: b → c.", page.Descendants("section").Single(s => (string)s.Attribute("id")! == "circles").Descendants("li").Single().Value);
    }

    [Fact]
    public void Write_Alone_IsADrawingOfItsOwnWithItsColours()
    {
        using MemoryStream stream = new();
        using (Markup markup = new(stream, isPage: false))
        {
            HeatMap.Write(markup, new StudyPicture(EffectEquivalence.Qwen(), null), alone: true);
        }

        XElement svg = XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).Root!;
        XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(space + "svg", svg.Name);
        Assert.Equal(28 * 28, svg.Descendants(space + "rect").Count(r => (string?)r.Attribute("class") == "cell"));
        Assert.Contains("prefers-color-scheme: dark", svg.Element(space + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesOfAnyKind_StayText()
    {
        string[] names = ["<b>&\"", new string('字', 90)];
        XElement page = Page(new StudyPicture(new CategoryMatrix("m", names, new double[,] { { 1, 0 }, { 0, 1 } }), null));

        Assert.Contains(page.Descendants("text"), t => t.Value == "<b>&\"");
        Assert.DoesNotContain(page.Descendants("text"), t => t.Value.Length > 44);
    }

    [Theory]
    [InlineData(0, "#f7f7f7")]
    [InlineData(1.5, "#b2182b")]
    [InlineData(-1.5, "#2166ac")]
    [InlineData(9, "#b2182b")]
    [InlineData(0.75, "#f4a582")]
    [InlineData(-0.75, "#92c5de")]
    public void Colour_Value_IsWhiteInTheMiddleAndTheSameDistanceFromItEitherWay(double value, string expected) => Assert.Equal(expected, DivergingScale.Colour(value, 1.5));

    private static IEnumerable<XElement> Styled(XElement page, string style) => page.Descendants().Where(e => ((string?)e.Attribute("class"))?.Split(' ').Contains(style) ?? false);

    private static XElement Page(StudyPicture picture)
    {
        using MemoryStream stream = new();
        StudyPage.Write(stream, "scores.csv", picture, TaxonomyInduction.Induce(picture.Matrix, 0.5));
        using XmlReader reader = XmlReader.Create(new MemoryStream(stream.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }
}
