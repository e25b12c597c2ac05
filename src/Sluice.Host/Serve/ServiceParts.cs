using Microsoft.Extensions.Logging;
using Sluice.Host.Serve.Http;
using Sluice.Host.Serve.Metrics;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Systemd;
using Sluice.Host.Serve.Units;

namespace Sluice.Host.Serve;

/// <summary>What the hosted service is made of.</summary>
internal sealed record ServiceParts : IDisposable
{
    /// <summary>The hosted pipelines.</summary>
    public required UnitSet Units { get; init; }

    /// <summary>What is seen of them.</summary>
    public required StateReader State { get; init; }

    /// <summary>Their figures.</summary>
    public required ServiceMetrics Metrics { get; init; }

    /// <summary>The figures as text.</summary>
    public required PrometheusText Figures { get; init; }

    /// <summary>What is offered over HTTP.</summary>
    public required HttpOptions Options { get; init; }

    /// <summary>The secret that requests bear.</summary>
    public required BearerToken Token { get; init; }

    /// <summary>Tells systemd.</summary>
    public required SystemdNotifier Systemd { get; init; }

    /// <summary>Where messages go.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>How the service ended.</summary>
    public required ServiceOutcome Outcome { get; init; }

    /// <summary>How long requests that are whole are waited for once the service is told to stop.</summary>
    public required TimeSpan DrainTime { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Units.Dispose();
        Figures.Dispose();
        Metrics.Dispose();
        Systemd.Dispose();
        Logs.Dispose();
    }
}
