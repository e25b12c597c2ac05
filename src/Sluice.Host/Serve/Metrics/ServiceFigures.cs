using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Host.Serve.State;

namespace Sluice.Host.Serve.Metrics;

/// <summary>Figures that are observed, not counted: they are read from what was last seen of the service.</summary>
internal static class ServiceFigures
{
    /// <summary>Adds them to a meter.</summary>
    public static void Observe(Meter meter, StateReader reader)
    {
        Pipelines(MetricCatalog.PoolRows, static p => p.Counts.Annotated);
        Pipelines(MetricCatalog.PoolSize, static p => p.Disk.PoolBytes);
        Pipelines(MetricCatalog.DiskFree, static p => p.Disk.FreeBytes);
        Pipelines(MetricCatalog.InboxRequests, static p => p.Inbox.Requests);
        Pipelines(MetricCatalog.InboxSize, static p => p.Inbox.Bytes);
        Pipelines(MetricCatalog.InboxRefused, static p => p.Inbox.Refused);
        Pipelines(MetricCatalog.Progress, static p => p.Phase?.Share ?? 1);
        Pipelines(MetricCatalog.Status, static p => (double)p.Status);
        Create(MetricCatalog.Tokens, () => reader.Tokens().Select(t => Of(t.Tokens, ("pipeline", t.Pipeline))));
        Stages(MetricCatalog.StageRows, static s => s.Rows);
        Stages(MetricCatalog.StageWorkers, static s => s.Workers);
        Stages(MetricCatalog.StageQueue, static s => s.Queue);
        Create(MetricCatalog.StageBusy, () => reader.Busy().Select(b => Of(b.Busy.TotalSeconds, ("pipeline", b.Pipeline), ("stage", b.Stage))));
        Create(MetricCatalog.Memory, () => [Of(reader.State.Machine.ResidentBytes)]);
        Create(MetricCatalog.Cpu, static () => [Of(Environment.CpuUsage.TotalTime.TotalSeconds)]);
        double started = (Process.GetCurrentProcess().StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        Create(MetricCatalog.Started, () => [Of(Math.Round(started, 3))]);

        void Pipelines(MetricDefinition figure, Func<PipelineState, double> value) =>
            Create(figure, () => reader.State.Pipelines.Select(p => Of(value(p), ("pipeline", p.Name))));

        void Stages(MetricDefinition figure, Func<StageState, double> value) =>
            Create(figure, () => reader.State.Pipelines.SelectMany(p => p.Stages.Where(s => s.Kind != "reader").Select(s => Of(value(s), ("pipeline", p.Name), ("stage", s.Name)))));

        void Create(MetricDefinition figure, Func<IEnumerable<Measurement<double>>> observe)
        {
            if (figure.Kind == MetricKind.Counter)
            {
                meter.CreateObservableCounter(figure.Name, observe, figure.Unit, figure.Description);
            }
            else
            {
                meter.CreateObservableGauge(figure.Name, observe, figure.Unit, figure.Description);
            }
        }
    }

    private static Measurement<double> Of(double value, params ReadOnlySpan<(string Key, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            tags[i] = new(labels[i].Key, labels[i].Value);
        }

        return new Measurement<double>(value, tags);
    }
}
