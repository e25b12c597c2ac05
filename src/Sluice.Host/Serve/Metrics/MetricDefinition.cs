namespace Sluice.Host.Serve.Metrics;

/// <summary>A figure that the service publishes: its name and unit never change, others build alarms on them.</summary>
/// <param name="Name">Name as .NET tools show it; Prometheus reads dots as underscores and the unit and <c>total</c> behind.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">Unit in UCUM: <c>s</c>, <c>By</c>, <c>{row}</c>, <c>1</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Description">What it counts.</param>
internal sealed record MetricDefinition(string Name, MetricKind Kind, string Unit, IReadOnlyList<string> Labels, string Description)
{
    /// <summary>The name in Prometheus' text format.</summary>
    public string PrometheusName
    {
        get
        {
            string name = Name.Replace('.', '_');
            string unit = Unit switch { "s" => "_seconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
            name = unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal) ? name + unit : name;
            return Kind == MetricKind.Counter ? name + "_total" : name;
        }
    }
}

/// <summary>Kinds of figures.</summary>
internal enum MetricKind
{
    /// <summary>Only grows while the service runs.</summary>
    Counter,

    /// <summary>A value now.</summary>
    Gauge,

    /// <summary>Counts by size.</summary>
    Histogram,
}
