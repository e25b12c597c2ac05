using Microsoft.Extensions.Hosting;
using Sluice.Host.Serve.Systemd;
using Sluice.Topology;

namespace Sluice.Host.Serve.Units;

/// <summary>Runs the hosted pipelines side by side. One that fails for good leaves the others running; when none is left the service ends with what ended the last.</summary>
internal sealed class UnitRunner(UnitSet units, TimeProvider time, TimeSpan drainTime, IHostApplicationLifetime lifetime, ServiceOutcome outcome, SystemdNotifier systemd) : BackgroundService
{
    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() =>
        {
            systemd.Stopping();
            units.Stop();
        });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is under way over HTTP is finished, but not for ever: Flow:StopTime rules.
        using CancellationTokenSource cut = new();
        using CancellationTokenRegistration late = lifetime.ApplicationStopping.Register(() => _ = CutAsync(cut));
        await Task.WhenAll(units.All.Select(unit => RunAsync(unit, stoppingToken, cut.Token)));
        if (!stoppingToken.IsCancellationRequested)
        {
            lifetime.StopApplication();
        }
    }

    private async Task CutAsync(CancellationTokenSource cut)
    {
        await Task.Delay(drainTime, time);
        try
        {
            await cut.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Everything has ended by itself.
        }
    }

    private async Task RunAsync(PipelineUnit unit, CancellationToken stop, CancellationToken cut)
    {
        try
        {
            await Task.Run(() => unit.RunAsync(stop, cut), CancellationToken.None);
        }
#pragma warning disable CA1031 // A crashed background service would stop the host with exit code 0; the outcome carries the fault to the exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            unit.Health.End = exception is StageFaultException ? exception.Message : $"Ended by a fault: {exception.Message}";
            unit.Inbox.Close($"The pipeline has failed: {exception.Message}");
            unit.Board.Warn($"The pipeline has ended: {exception.Message}");
            if (units.All.All(u => u.Health.End is not null))
            {
                outcome.Fault = exception;
            }
        }
    }
}
