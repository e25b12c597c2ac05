using System.Text;
using Sluice.Host.Serve.Metrics;

namespace Sluice.Tests.Serve;

/// <summary>docs/metrics.md holds the catalog's table as it is.</summary>
public sealed class MetricsDocumentTests
{
    private const string Begin = "<!-- the table below is made from MetricCatalog: SLUICE_WRITE_DOCS=1 dotnet test tests/Sluice.Tests --filter MetricsDocument -->\n";
    private const string End = "<!-- end -->\n";

    [Fact]
    public void Table_IsThatOfTheCatalog()
    {
        string path = Path.Combine(Repository.Root, "docs", "metrics.md");
        string found = File.ReadAllText(path);
        int from = found.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = found.IndexOf(End, StringComparison.Ordinal);
        string expected = found[..from] + Table() + found[to..];
        if (Environment.GetEnvironmentVariable("SLUICE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, found);
    }

    private static string Table()
    {
        StringBuilder table = new("| in Prometheus | in .NET | kind | unit | labels | meaning |\n|---|---|---|---|---|---|\n");
        foreach (MetricDefinition figure in MetricCatalog.All)
        {
            string labels = figure.Labels.Count == 0 ? "" : $"`{string.Join("`, `", figure.Labels)}`";
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{figure.PrometheusName}` | `{figure.Name}` | {figure.Kind.ToString().ToLowerInvariant()} | `{figure.Unit}` | {labels} | {figure.Description} |\n");
        }

        return table.ToString();
    }
}
