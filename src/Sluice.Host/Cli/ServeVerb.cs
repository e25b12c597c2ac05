using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Configuration;
using Sluice.Host.Serve;
using Sluice.Host.Serve.Http;
using Sluice.Host.Serve.Metrics;
using Sluice.Host.Serve.State;
using Sluice.Host.Serve.Systemd;
using Sluice.Host.Serve.Units;
using Sluice.Inference;
using Sluice.Topology;

namespace Sluice.Host.Cli;

/// <summary><c>sluice serve [PIPELINE...]</c>.</summary>
internal static class ServeVerb
{
    // Of the time that the program has to end, so that what is cut off then can still end by itself.
    private const double DrainShare = 0.7;

    public static Command Create()
    {
        Argument<string[]> pipelines = new("PIPELINE")
        {
            Description = "Pipeline files to host, side by side. Default: Serve:Pipelines or Serve:Pipeline of appsettings.json, or appsettings.json itself.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new("serve", "The hosted service: watches the pipelines' sources, takes rows over HTTP, selects anew, and shows itself at http://127.0.0.1:8420. Stops cleanly on Ctrl-C and SIGTERM.") { Arguments = { pipelines } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipelines) is [string single] ? single : null, async (context, parse, token) =>
        {
            using ServiceParts parts = Open(context, parse.GetValue(pipelines) ?? []);
            using IHost host = ServiceHost.Build(parts);
            context.Stop.LateCode = ExitCode.Failed;
            context.Stop.Follow([.. parts.Units.All.Select(u => u.Parts.Get<FlowContext>())], message => Console.Error.WriteLine(Verb.ErrorLine(context.Values, message)));
            ILogger log = parts.Logs.CreateLogger(ServiceLog.Category);
            try
            {
                await host.StartAsync(token);
            }
            catch (IOException fault) when (fault.Message.Contains("bind", StringComparison.OrdinalIgnoreCase))
            {
                throw new ConfigurationException([new("Serve:Http:Url", $"The address {parts.Options.Url} cannot be listened on: {(fault.InnerException ?? fault).Message}. Stop what uses it, or set another (port 0 takes a free one).")]);
            }

            log.LogInformation("Serving {Pipelines}{Address} (Ctrl-C stops)", string.Join(", ", parts.Units.All.Select(u => u.Name)), ServiceHost.Address(host) is { } address ? $" at {address}" : "");
            await host.WaitForShutdownAsync(token);
            if (parts.Outcome.Fault is { } ended)
            {
                await Console.Error.WriteLineAsync(Verb.ErrorLine(context.Values, ended.Message));
                return ExitCode.Failed;
            }

            return ExitCode.Done;
        }, readsMore: true);
    }

    private static ServiceParts Open(VerbContext context, string[] named)
    {
        ServeOptions options = UnitParts.ReadOptions(context.Configuration);
        string?[] files = options.Pipeline.Length > 0 ? [options.Pipeline] : [null];
        if (named.Length > 0 || options.Pipelines.Count > 0)
        {
            files = named.Length > 0 ? named : [.. options.Pipelines];
        }

        List<ConfigurationError> errors = context.Errors;
        if (options.Pipelines.Count > 0 && options.Pipeline.Length > 0 && named.Length == 0)
        {
            errors.Add(new("Serve:Pipeline", "Found Pipelines as well, expected one of the two."));
        }

        if (files.Length > 1 && (context.Values.Work ?? context.Values.Out) is not null)
        {
            errors.Add(new("--work, --out", $"Found {files.Length} pipelines, expected one: a directory is one pipeline's. State Output:Work and Output:Directory in their files."));
        }

        // What is about the process stands in appsettings, or in the file of the only pipeline.
        if (files is [string only] && context.File is null)
        {
            options = UnitParts.ReadOptions(ConfigurationLayers.Build(only, context.Values.Sets));
        }

        BearerToken token = BearerToken.Read(options.Http, Environment.GetEnvironmentVariable, errors);
        if (!Uri.TryCreate(options.Http.Url, UriKind.Absolute, out Uri? url) || url.Scheme != "http" || url.PathAndQuery != "/")
        {
            errors.Add(new("Serve:Http:Url", $"Found '{options.Http.Url}', expected http://HOST:PORT. TLS is for a reverse proxy in front."));
        }

        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        ILoggerFactory logs = ServiceLog.Create(context.Values.Json ? "json" : options.Log, context.Values.Quiet);
        ServiceMetrics metrics = new();
        SharedRuntime runtime = new(context.Get<IInferenceRuntime>());
        SemaphoreSlim oneSelection = new(1);
        UnitSet units = UnitSet.Open([.. files.Select(file => new UnitSetup
        {
            File = file,
            Overrides = new UnitOverrides(context.Values.Sets, context.Values.Work, context.Values.Out),
            Runtime = runtime,
            Inbox = options.Http,
            Logs = logs,
            Metrics = metrics,
            OneSelection = oneSelection,
            Time = TimeProvider.System,
        })]);
        StateReader state = new(units, TimeProvider.System);
        ServiceFigures.Observe(metrics.Meter, state);
        return new ServiceParts
        {
            Units = units,
            State = state,
            Metrics = metrics,
            Figures = new PrometheusText(metrics.Meter),
            Options = options.Http,
            Token = token,
            Systemd = new SystemdNotifier(Environment.GetEnvironmentVariable, Environment.ProcessId, message => logs.CreateLogger(ServiceLog.Category).LogWarning("{Message}", message)),
            Logs = logs,
            Outcome = new ServiceOutcome(),
            DrainTime = context.Get<FlowOptions>().StopTime * DrainShare,
            Time = TimeProvider.System,
        };
    }
}
