using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Pool;

namespace Sluice.Host.Serve.Metrics;

/// <summary>The service's figures, of meter <c>Sluice</c>: whatever listens to .NET's metrics sees them, and <c>GET /metrics</c>.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sluice";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _segments;
    private readonly Counter<long> _rounds;
    private readonly Histogram<double> _roundTime;
    private readonly Counter<long> _selections;
    private readonly Histogram<double> _selectionTime;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _requestTime;

    public ServiceMetrics()
    {
        Meter = new Meter(MeterName);
        _rows = Counter(MetricCatalog.Rows);
        _segments = Counter(MetricCatalog.Segments);
        _rounds = Counter(MetricCatalog.Rounds);
        _roundTime = Times(MetricCatalog.RoundTime);
        _selections = Counter(MetricCatalog.Selections);
        _selectionTime = Times(MetricCatalog.SelectionTime);
        _requests = Counter(MetricCatalog.Requests);
        _requestTime = Times(MetricCatalog.RequestTime);
    }

    /// <summary>The meter, for figures that others observe.</summary>
    public Meter Meter { get; }

    /// <summary>A round is done.</summary>
    public void Round(string pipeline, RowCounts made, TimeSpan time, int segments)
    {
        foreach ((string fate, long count) in (ReadOnlySpan<(string, long)>)[("annotated", made.Annotated), ("exact", made.Exact), ("near", made.Duplicate - made.Exact), ("rejected", made.Rejected)])
        {
            _rows.Add(count, new("pipeline", pipeline), new("fate", fate));
        }

        _segments.Add(segments, new KeyValuePair<string, object?>("pipeline", pipeline));
        _rounds.Add(1, new("pipeline", pipeline), new("outcome", "done"));
        _roundTime.Record(time.TotalSeconds, new KeyValuePair<string, object?>("pipeline", pipeline));
    }

    /// <summary>A selection is done.</summary>
    public void Selected(string pipeline, TimeSpan time)
    {
        _selections.Add(1, new("pipeline", pipeline), new("outcome", "done"));
        _selectionTime.Record(time.TotalSeconds, new KeyValuePair<string, object?>("pipeline", pipeline));
    }

    /// <summary>A round or a selection has failed.</summary>
    public void Failed(string pipeline, bool isSelection) => (isSelection ? _selections : _rounds).Add(1, new("pipeline", pipeline), new("outcome", "failed"));

    /// <summary>A request is answered.</summary>
    public void Answered(string route, int status, TimeSpan time)
    {
        _requests.Add(1, new("route", route), new("status", status));
        _requestTime.Record(time.TotalSeconds, new KeyValuePair<string, object?>("route", route));
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private Counter<long> Counter(MetricDefinition figure)
    {
        Debug.Assert(figure.Kind == MetricKind.Counter, figure.Name);
        return Meter.CreateCounter<long>(figure.Name, figure.Unit, figure.Description);
    }

    private Histogram<double> Times(MetricDefinition figure) => Meter.CreateHistogram(figure.Name, figure.Unit, figure.Description,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000] });
}
