using Microsoft.Extensions.Logging;
using Sluice.Host.Serve.Metrics;
using Sluice.Inference;
using Sluice.Runs.Inbox;

namespace Sluice.Host.Serve.Units;

/// <summary>What a hosted pipeline has from the service.</summary>
internal sealed record UnitSetup
{
    /// <summary>The pipeline file; null: everything stands in appsettings.</summary>
    public required string? File { get; init; }

    /// <summary>What the command line sets.</summary>
    public required UnitOverrides Overrides { get; init; }

    /// <summary>Opens models for all pipelines.</summary>
    public required IInferenceRuntime Runtime { get; init; }

    /// <summary>Bounds of rows over HTTP.</summary>
    public required InboxOptions Inbox { get; init; }

    /// <summary>Where messages go.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>The service's figures.</summary>
    public required ServiceMetrics Metrics { get; init; }

    /// <summary>Held by the pipeline that selects.</summary>
    public required SemaphoreSlim OneSelection { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
