using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Sluice.Host.Serve.Metrics;

/// <summary>
/// Adds up what a meter's instruments record and writes it in Prometheus' text format 0.0.4. The registry of packages has no exporter; the format is
/// https://prometheus.io/docs/instrumenting/exposition_formats/.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, Dictionary<string, Series>> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MetricDefinition> _figures;

    /// <param name="meter">The meter to listen to; instruments that the catalog does not name are left out.</param>
    public PrometheusText(Meter meter)
    {
        _figures = MetricCatalog.All.ToDictionary(f => f.Name, StringComparer.Ordinal);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && _figures.ContainsKey(instrument.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All figures now.</summary>
    public string Write()
    {
        lock (_gate)
        {
            // What is observed is stated anew, so that a pipeline that is gone leaves no value behind.
            foreach (string name in _series.Keys.ToList())
            {
                foreach (string observed in _series[name].Where(s => s.Value.IsObserved).Select(s => s.Key).ToList())
                {
                    _series[name].Remove(observed);
                }
            }
        }

        _listener.RecordObservableInstruments();
        StringBuilder text = new();
        lock (_gate)
        {
            foreach (MetricDefinition figure in MetricCatalog.All)
            {
                if (_series.TryGetValue(figure.Name, out Dictionary<string, Series>? series) && series.Count > 0)
                {
                    Write(text, figure, series);
                }
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        lock (_gate)
        {
            if (!_series.TryGetValue(instrument.Name, out Dictionary<string, Series>? series))
            {
                _series[instrument.Name] = series = new(StringComparer.Ordinal);
            }

            if (!series.TryGetValue(labels, out Series? one))
            {
                series[labels] = one = new Series(instrument);
            }

            one.Add(value);
        }
    }

    private static void Write(StringBuilder text, MetricDefinition figure, Dictionary<string, Series> series)
    {
        string name = figure.PrometheusName;
        text.Append("# HELP ").Append(name).Append(' ').Append(figure.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(figure.Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
        foreach ((string labels, Series one) in series.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (figure.Kind != MetricKind.Histogram)
            {
                Line(text, name, labels, one.Sum);
                continue;
            }

            long below = 0;
            for (int i = 0; i < one.Bounds.Count; i++)
            {
                below += one.Buckets[i];
                Line(text, name + "_bucket", Join(labels, $"le=\"{Number(one.Bounds[i])}\""), below);
            }

            Line(text, name + "_bucket", Join(labels, "le=\"+Inf\""), one.Count);
            Line(text, name + "_sum", labels, one.Sum);
            Line(text, name + "_count", labels, one.Count);
        }
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Join(string labels, string more) => labels.Length == 0 ? more : $"{labels},{more}";

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder text = new();
        foreach ((string key, object? value) in tags)
        {
            string escaped = Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(text.Length > 0 ? "," : "").Append(key).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Series
    {
        private readonly bool _isSum;

        public Series(Instrument instrument)
        {
            IsObserved = instrument.IsObservable;
            _isSum = !IsObserved;
            Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
            Buckets = new long[Bounds.Count + 1];
        }

        public bool IsObserved { get; }

        public IReadOnlyList<double> Bounds { get; }

        public long[] Buckets { get; }

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public void Add(double value)
        {
            Sum = _isSum ? Sum + value : value;
            Count++;
            int bucket = 0;
            while (bucket < Bounds.Count && value > Bounds[bucket])
            {
                bucket++;
            }

            Buckets[bucket]++;
        }
    }
}
