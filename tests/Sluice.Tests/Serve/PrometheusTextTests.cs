using System.Globalization;
using Sluice.Host.Serve.Metrics;
using Sluice.Pool;

namespace Sluice.Tests.Serve;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly ServiceMetrics _metrics = new();
    private readonly PrometheusText _text;

    public PrometheusTextTests() => _text = new PrometheusText(_metrics.Meter);

    public void Dispose()
    {
        _text.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Write_CountersAddUpByLabel()
    {
        _metrics.Round("a\"b\\c", new RowCounts(10, 6, 3, 1, 2), TimeSpan.FromSeconds(2), 1);
        _metrics.Round("a\"b\\c", new RowCounts(1, 1, 0, 0), TimeSpan.FromSeconds(0.02), 1);
        Dictionary<string, double> values = Parse(_text.Write());
        Assert.Equal(7, values["""sluice_rows_total{pipeline="a\"b\\c",fate="annotated"}"""]);
        Assert.Equal(2, values["""sluice_rows_total{pipeline="a\"b\\c",fate="exact"}"""]);
        Assert.Equal(1, values["""sluice_rows_total{pipeline="a\"b\\c",fate="near"}"""]);
        Assert.Equal(2, values["""sluice_segments_total{pipeline="a\"b\\c"}"""]);
    }

    [Fact]
    public void Write_HistogramsAreCumulative()
    {
        _metrics.Selected("p", TimeSpan.FromSeconds(0.02));
        _metrics.Selected("p", TimeSpan.FromSeconds(2));
        _metrics.Selected("p", TimeSpan.FromSeconds(5000));
        Dictionary<string, double> values = Parse(_text.Write());
        Assert.Equal(0, values["""sluice_selection_duration_seconds_bucket{pipeline="p",le="0.01"}"""]);
        Assert.Equal(1, values["""sluice_selection_duration_seconds_bucket{pipeline="p",le="0.03"}"""]);
        Assert.Equal(2, values["""sluice_selection_duration_seconds_bucket{pipeline="p",le="3"}"""]);
        Assert.Equal(2, values["""sluice_selection_duration_seconds_bucket{pipeline="p",le="3000"}"""]);
        Assert.Equal(3, values["""sluice_selection_duration_seconds_bucket{pipeline="p",le="+Inf"}"""]);
        Assert.Equal(3, values["""sluice_selection_duration_seconds_count{pipeline="p"}"""]);
        Assert.Equal(5002.02, values["""sluice_selection_duration_seconds_sum{pipeline="p"}"""], 6);
    }

    [Fact]
    public void Write_ObservedValuesAreThoseOfNow()
    {
        double value = 5;
        _metrics.Meter.CreateObservableGauge(MetricCatalog.Memory.Name, () => value, "By");
        _metrics.Meter.CreateObservableGauge("sluice.not.in.the.catalog", () => 1);
        Assert.Equal(5, Parse(_text.Write())["sluice_process_memory_bytes"]);
        value = 3;
        string text = _text.Write();
        Assert.Equal(3, Parse(text)["sluice_process_memory_bytes"]);
        Assert.DoesNotContain("not_in_the_catalog", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_NamesAreDistinctAndFollowTheConventions()
    {
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(f => f.PrometheusName).Distinct().Count());
        Assert.All(MetricCatalog.All, f =>
        {
            Assert.Matches("^sluice(\\.[a-z]+)+$", f.Name);
            Assert.Matches("^sluice_[a-z_]+$", f.PrometheusName);
            Assert.Equal(f.Kind == MetricKind.Counter, f.PrometheusName.EndsWith("_total", StringComparison.Ordinal));
            Assert.EndsWith(".", f.Description, StringComparison.Ordinal);
        });
    }

    // Line by line as the format is specified; the end-to-end tests hand the same text to Prometheus' own checker where it is installed.
    private static Dictionary<string, double> Parse(string text)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        string family = "";
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (string line in text.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
                continue;
            }

            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.Equal(family, line.Split(' ')[2]);
                Assert.Contains(line.Split(' ')[3], (string[])["counter", "gauge", "histogram"]);
                continue;
            }

            Assert.Matches("""^[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? [-+.0-9EInfNa]+$""", line);
            Assert.StartsWith(family, line, StringComparison.Ordinal);
            int blank = line.LastIndexOf(' ');
            values.Add(line[..blank], double.Parse(line[(blank + 1)..], CultureInfo.InvariantCulture));
        }

        return values;
    }
}
