using System.Text;
using Sluice.Recipes;
using Sluice.Sinks.Report;
using Sluice.Sinks.Report.Charts;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Tests.Sinks.Report;

public sealed class FactsTests
{
    [Fact]
    public void Add_ReasonsThatDifferInNumbers_KeepsNumbersThatAreTheSame()
    {
        ReasonKinds kinds = new();
        kinds.Add("quality 0.25 is not above 0.5");
        kinds.Add("quality -1.5e-7 is not above 0.5");
        kinds.Add("quality is absent");
        kinds.Add("gpt2 says no to row 7");
        Assert.Equal(
            [("quality … is not above 0.5", 2L), ("gpt2 says no to row 7", 1L)],
            kinds.Most(2).Kinds);
        Assert.Equal(1, kinds.Most(2).Others);
        Assert.Equal(4, kinds.Total);
    }

    [Fact]
    public void Add_EndlessKinds_CountsThemAsOthers()
    {
        ReasonKinds kinds = new();
        for (int i = 0; i < 2000; i++)
        {
            kinds.Add("word " + new string((char)('a' + (i % 26)), 1 + (i / 26)));
        }

        Assert.Equal(2000, kinds.Most(5).Kinds.Sum(k => k.Count) + kinds.Most(5).Others);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Of_RandomValues_CountsEachOnceInItsBin(int seed, bool isLogarithmic)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => i % 17 == 0 ? double.NaN : Math.Exp(3 * random.NextDouble()) * 10)];
        RowFates fates = Fates(values.Length, selected: r => r % 5 == 0, dropped: r => r % 5 is 1 or 2);
        ValueHistogram histogram = ValueHistogram.Of(values, fates, isLogarithmic)!;
        double[] kept = [.. values.Where((v, r) => r % 5 == 0 && double.IsFinite(v))];
        double[] dropped = [.. values.Where((v, r) => r % 5 is 1 or 2 && double.IsFinite(v))];
        Assert.Equal((kept.Length, dropped.Length), (histogram.Kept.Count, histogram.Dropped.Count));
        Assert.Equal(Enumerable.Range(0, 600).Count(i => i * 5 % 17 == 0), histogram.Kept.Missing);
        Assert.Equal(kept.Average(), histogram.Kept.Mean, 9);
        for (int bin = 0; bin < histogram.Edges.Length - 1; bin++)
        {
            bool last = bin == histogram.Edges.Length - 2;
            (double low, double high) = (histogram.Edges[bin], histogram.Edges[bin + 1]);
            long expected = dropped.Select(v => isLogarithmic ? Math.Log10(v) : v).Count(v => v >= low && (last || v < high));

            // A value on an edge may fall to either side by rounding.
            Assert.InRange(histogram.Dropped.Bins[bin], expected - 1, expected + 1);
        }
    }

    [Fact]
    public void Of_FewExtremeValues_KeepsTheOthersApart()
    {
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => i == 5 ? 1e9 : i / 2000.0)];
        ValueHistogram histogram = ValueHistogram.Of(values, Fates(2000, r => r < 1000, r => r >= 1000), isLogarithmic: false)!;
        Assert.Equal((1L, 0L), (histogram.Kept.Outside, histogram.Dropped.Outside));
        Assert.True(histogram.Edges[^1] < 2);
        Assert.Equal(1000, histogram.Kept.Bins.Sum());
    }

    [Fact]
    public void Of_NoValues_IsNull() => Assert.Null(ValueHistogram.Of([double.NaN, 3], Fates(2, r => r == 0, _ => false), isLogarithmic: false));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(10_000, 200_000)]
    [InlineData(50_000, 100)]
    [InlineData(3, 20_000)]
    public void Of_AnyPool_SamplesBothGroupsWithinTheLimit(int selected, int dropped)
    {
        RowFates fates = Fates(selected + dropped, r => r % (selected + dropped) < selected, r => r >= selected);
        MapSample sample = MapSample.Of(fates);
        Assert.Equal(Math.Min(MapSample.MaxPoints, selected + dropped), sample.Rows.Count);
        Assert.Equal(sample.Rows.Distinct().Order(), sample.Rows);
        Assert.Equal(sample.Selected, sample.Rows.Count(r => fates[r] == RowFates.Selected));
        Assert.True(sample.Selected >= Math.Min(selected, 1500));
    }

    [Fact]
    public void Excerpt_LateDifference_StartsBeforeIt()
    {
        string left = string.Join(' ', Enumerable.Repeat("same", 300)) + " apple end";
        string right = string.Join(' ', Enumerable.Repeat("same", 300)) + " pear end";
        IReadOnlyList<(string Text, bool IsMarked)> runs = WordMarks.Excerpt(left, right, 100);
        Assert.Equal("… ", runs[0].Text);
        Assert.Equal(["apple"], runs.Where(r => r.IsMarked).Select(r => r.Text));
        Assert.True(runs.Sum(r => r.Text.Length) <= 104);
    }

    [Fact]
    public void Excerpt_NoDifference_IsTheBeginning() =>
        Assert.Equal([("one tw", false), (" …", false)], WordMarks.Excerpt("one two", "two one", 6));

    [Fact]
    public void Json_EscapedLetters_AreLetters()
    {
        byte[] row = Encoding.UTF8.GetBytes("""{"a":"\u4e2d\u6587 \"x\" \\u4e2d \u003c"}""");
        Assert.Equal("""{"a":"中文 \"x\" \\u4e2d \u003c"}""", RowExcerpt.Json(row, 400));
        Assert.Equal("""{"a":"中…""", RowExcerpt.Json(row, 8));
    }

    [Fact]
    public void Texts_AnyShape_JoinsTheTexts() =>
        Assert.Equal("human\nHi\nYes", RowExcerpt.Texts(Encoding.UTF8.GetBytes("""{"conversations":[{"from":"human","value":"Hi"},{"value":"Yes","n":3}]}"""), 400));

    [Fact]
    public void Shorten_SurrogatePairAtTheCut_IsNotSplit() => Assert.Equal("ab…", SafeText.Shorten("ab😀cd", 4));

    [Theory]
    [InlineData(0, 10, 5)]
    [InlineData(-3.7, 0.02, 4)]
    [InlineData(1e6, 1e6 + 5, 6)]
    [InlineData(0, 1e-9, 4)]
    public void Ticks_AnyRange_AreRoundAndInside(double min, double max, int count)
    {
        IReadOnlyList<double> ticks = new Axis(min, max, 0, 100).Ticks(count);
        Assert.InRange(ticks.Count, 2, 2 * count);
        Assert.All(ticks, t => Assert.InRange(t, min - 1e-12, max + 1e-12));
    }

    [Fact]
    public void Thin_ManyPoints_KeepsTheEnds()
    {
        (double X, double Y)[] points = [.. Enumerable.Range(0, 12_345).Select(i => ((double)i, 1.0 / (i + 1)))];
        IReadOnlyList<(double X, double Y)> thin = LineChart.Thin(points);
        Assert.Equal(LineChart.MaxPoints, thin.Count);
        Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
        Assert.Equal(thin.Distinct().OrderBy(p => p.X), thin);
    }

    private static RowFates Fates(int rows, Func<int, bool> selected, Func<int, bool> dropped) => RowFates.Of(rows, new RecipeOutcome
    {
        Candidates = rows,
        Selected = [.. Enumerable.Range(0, rows).Where(selected).Select(r => (long)r)],
        Dropped = [.. Enumerable.Range(0, rows).Where(dropped).Select(r => ((long)r, "Choose", "no"))],
        Steps = [new System.Text.Json.Nodes.JsonObject { ["step"] = "Choose" }],
        RowFigures = new Dictionary<string, IReadOnlyDictionary<long, double>>(),
    });
}
