using Microsoft.Extensions.Hosting;

namespace Sluice.Host.Serve.State;

/// <summary>Has the service looked at once a second.</summary>
internal sealed class StateClock(StateReader reader, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_interval, time);
        try
        {
            do
            {
                reader.Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // So that whoever still looks sees that it ends.
            reader.Look();
        }
    }
}
