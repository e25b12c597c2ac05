using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sluice.Host.Serve.State;

/// <summary>Has the service looked at once a second.</summary>
internal sealed class StateClock(StateReader reader, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private bool _isWarned;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, time);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // So that whoever still looks sees that it ends.
            Look();
        }
    }

    private void Look()
    {
        try
        {
            reader.Look();
        }
#pragma warning disable CA1031 // Whoever looks must not end what is looked at.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_isWarned)
            {
                _isWarned = true;
                log.LogWarning(exception, "The service could not be looked at; its page and figures may be old. This is a bug.");
            }
        }
    }
}
