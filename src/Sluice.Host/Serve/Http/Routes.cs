using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Host.Serve.Metrics;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Units;
using Sluice.Sinks;

namespace Sluice.Host.Serve.Http;

/// <summary>What the service answers; docs/http.md tells users.</summary>
internal static class Routes
{
    /// <summary>The states as they come, for the page.</summary>
    public const string Events = "/api/events";

    /// <summary>Adds all routes.</summary>
    public static void Map(IEndpointRouteBuilder to, UnitSet units, StateReader state, PrometheusText figures, CancellationToken stopping)
    {
        RowsEndpoint rows = new(units);
        to.MapPost("/rows", rows.TakeAsync).RequireRateLimiting(RateLimits.Rows);
        to.MapPost("/pipelines/{name}/rows", rows.TakeAsync).RequireRateLimiting(RateLimits.Rows);
        to.MapPost("/pipelines/{name}/selections", context => SelectAsync(context, units));
        to.MapGet("/pipelines/{name}/report", context => ReportAsync(context, units));
        to.MapGet("/api/state", context => JsonAsync(context, state.Text));
        to.MapGet(Events, context => EventsAsync(context, state, stopping));
        to.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = PrometheusText.MediaType;
            await context.Response.WriteAsync(figures.Write(), context.RequestAborted);
        });
        to.MapGet("/health/live", static context => JsonAsync(context, """{"status":"live"}"""));
        to.MapGet("/health/ready", context => HealthAsync(context, state, s => s.Status is ServiceStatus.Ok or ServiceStatus.Degraded));
        to.MapGet("/health", context => HealthAsync(context, state, s => s.Status == ServiceStatus.Ok));
        foreach (string name in Page.Files.Names)
        {
            to.MapGet(name, context => Page.Files.WriteAsync(context, name));
        }

        to.MapFallback(static context => Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"Found no '{context.Request.Path}' here. '/' is the page; docs/http.md names all addresses."));
    }

    /// <summary>The pipeline that a request means: the one it names, or the only one. Null when it was answered that there is none.</summary>
    public static async Task<PipelineUnit?> UnitAsync(HttpContext context, UnitSet units)
    {
        string? name = context.Request.RouteValues["name"] as string;
        PipelineUnit? unit = name is not null ? units.Find(name) : units.All.Count == 1 ? units.All[0] : null;
        if (unit is null)
        {
            string all = string.Join(", ", units.All.Select(u => u.Name));
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, name is not null ? $"Found no pipeline '{name}', expected one of: {all}." : $"Found {units.All.Count} pipelines, expected the address to name one: /pipelines/NAME/rows with one of: {all}.");
        }

        return unit;
    }

    private static async Task SelectAsync(HttpContext context, UnitSet units)
    {
        if (await UnitAsync(context, units) is not { } unit)
        {
            return;
        }

        if (units.IsStopping || unit.Health.End is not null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, unit.Health.End ?? "The service is stopping.", again: true);
        }
        else if (unit.Pool.Counts.Annotated == 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "The pool holds no row yet, so there is nothing to select from.");
        }
        else if (!unit.AskForSelection())
        {
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "A selection is asked for or under way already.");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await context.Response.WriteAsJsonAsync(new { pipeline = unit.Name, queued = true }, ServiceState.Json, context.RequestAborted);
        }
    }

    private static async Task ReportAsync(HttpContext context, UnitSet units)
    {
        if (await UnitAsync(context, units) is not { } unit)
        {
            return;
        }

        string path = Path.Combine(unit.Parts.Pipeline.OutPath, IReportWriter.FileName);
        if (!File.Exists(path))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "There is no report yet: nothing was selected.");
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.SendFileAsync(path, context.RequestAborted);
    }

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static Task HealthAsync(HttpContext context, StateReader state, Predicate<ServiceState> isWell)
    {
        ServiceState now = state.State;
        context.Response.StatusCode = isWell(now) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        // Reasons may quote rows and paths: they stand in the state, which asks for the token.
        return context.Response.WriteAsJsonAsync(new
        {
            now.Status,
            pipelines = now.Pipelines.Select(p => new { p.Name, p.Status, reasons = p.Reasons.Count }),
        }, ServiceState.Json, context.RequestAborted);
    }

    private static async Task EventsAsync(HttpContext context, StateReader state, CancellationToken stopping)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            while (true)
            {
                Task next = state.NextAsync();
                await context.Response.WriteAsync($"event: state\ndata: {state.Text}\n\n", end.Token);
                await context.Response.Body.FlushAsync(end.Token);
                await next.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever looked went away, or the service ends: the page reconnects by itself.
        }
    }
}
