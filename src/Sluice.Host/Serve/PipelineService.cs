using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Endpoints;
using Sluice.Recipes;
using Sluice.Runs;
using Sluice.Topology;

namespace Sluice.Host.Serve;

/// <summary>
/// Hosts a pipeline: looks at its sources again and again, ingests files that are new and settled, and selects anew after each ingestion.
/// </summary>
internal sealed class PipelineService(
    Pipeline pipeline, ServeOptions options, PipelineRun run, TimeProvider time, IRunDisplay display, IHostApplicationLifetime lifetime, ServiceOutcome outcome) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SettledFiles settled = new(time, options.SettleTime);
        HashSet<string> ingested = new(StringComparer.Ordinal);
        int failures = 0;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (await LookAsync(settled, ingested, stoppingToken))
                {
                    failures = 0;
                }
                else if (++failures >= options.MaxFailures)
                {
                    throw new StageFaultException($"The service gave up after {failures} failed rounds in a row; the last fault is above. Serve:MaxFailures sets the number.");
                }

                await Task.Delay(options.PollInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // A crashed background service would stop the host with exit code 0; the outcome carries the fault to the exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome.Fault = exception;
            lifetime.StopApplication();
        }
    }

    private async Task<bool> LookAsync(SettledFiles settled, HashSet<string> ingested, CancellationToken token)
    {
        (Pipeline now, List<string> files) = run.Present(pipeline);
        List<string> ready = [.. files.Where(f => ingested.Contains(f) || settled.IsSettled(f))];
        if (ready.All(ingested.Contains))
        {
            return true;
        }

        try
        {
            (AnnotateReport annotate, SelectReport select) = await run.RunAsync(now with { Only = ready.ToHashSet(StringComparer.Ordinal) }, fresh: false, token);
            ingested.UnionWith(ready);
            display.Say($"Ingested: {annotate.Counts.Read - annotate.Kept.Read:N0} rows read; the pool holds {annotate.Counts.Annotated:N0}, {select.Outcome.Selected.Count:N0} are selected.");
            return true;
        }
        catch (Exception exception) when (exception is RecipeException or IOException or InvalidDataException or ConfigurationException or TooManyRejectsException or TooManyUnscoredException or EndpointException)
        {
            display.Warn($"This round failed: {exception.Message}");
            return false;
        }
    }
}
