using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Units;

namespace Sluice.Host.Serve.Systemd;

/// <summary>Keeps systemd told: ready once the service listens, alive while rows move or nothing is to be done, and what it does. SIGHUP reads the configuration again.</summary>
internal sealed class SystemdWatch(SystemdNotifier systemd, StateReader state, UnitSet units, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan s_statusInterval = TimeSpan.FromSeconds(5);

    // A flow in which nothing has moved for this long hangs: a batch of the slowest model takes minutes.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration up = lifetime.ApplicationStarted.Register(started.SetResult);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            systemd.Reloading();
            foreach (PipelineUnit unit in units.All)
            {
                unit.Reload();
            }

            systemd.Ready(Describe());
        });
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            systemd.Ready(Describe());
            TimeSpan interval = systemd.WatchdogInterval is { } watchdog && watchdog / 2 < s_statusInterval ? watchdog / 2 : s_statusInterval;
            using PeriodicTimer timer = new(interval, time);
            long rows = -1;
            long moved = time.GetTimestamp();
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                IReadOnlyList<PipelineState> pipelines = state.State.Pipelines;
                long now = pipelines.Sum(p => p.Stages.Sum(s => s.Rows));
                if (now != rows || pipelines.All(p => p.Phase is null && p.Selecting is null))
                {
                    (rows, moved) = (now, time.GetTimestamp());
                }

                if (systemd.WatchdogInterval is not null && time.GetElapsedTime(moved) < s_hang)
                {
                    systemd.Alive();
                }

                systemd.Status(Describe());
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private string Describe() => string.Join("; ", state.State.Pipelines.Select(p => string.Create(CultureInfo.InvariantCulture,
        $"{p.Name}: {(p.Phase is { } phase ? $"{phase.Name} {phase.Share:P0}" : p.Selecting is not null ? "selecting" : "idle")}, {p.Counts.Annotated:N0} rows")));
}
