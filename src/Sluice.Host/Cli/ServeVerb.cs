using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Configuration;
using Sluice.Host.Serve;
using Sluice.Host.Services;
using Sluice.Proportions;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice serve [PIPELINE]</c>.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        Argument<string?> pipeline = new("PIPELINE") { Description = "The pipeline file to host. Default: Serve:Pipeline of appsettings.json, or appsettings.json itself.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("serve", "The hosted service: watches the pipeline's sources, ingests new settled files and selects anew. Stops cleanly on Ctrl-C and SIGTERM.") { Arguments = { pipeline } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipeline), async (context, _, token) =>
        {
            List<ConfigurationError> errors = [];
            string named = Read(context.Configuration).Pipeline;
            string? file = context.File ?? (named.Length > 0 ? named : null);
            IConfigurationRoot configuration = file == context.File ? context.Configuration : ConfigurationLayers.Build(file, context.Values.Sets);
            Sections.Check(configuration, errors);
            ServeOptions options = Read(configuration);
            Pipeline read = Pipeline.Read(configuration, file, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
            if (read.Options.Loop.Epochs > 0)
            {
                errors.Add(new("Loop:Epochs", $"Found {read.Options.Loop.Epochs}, expected 0 in a service: a loop is about one pool that does not grow. Use 'sluice run'."));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            ServiceOutcome outcome = new();
            using IHost host = SluiceHost.Build(configuration, context.Display, services => services
                .AddSingleton(read)
                .AddSingleton(options)
                .AddSingleton(outcome)
                .AddHostedService<PipelineService>()
                .Configure<HostOptions>(static host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan)); // Flow:StopTime rules.
            context.Stop.LateCode = ExitCode.Failed;
            context.Follow(host.Services);
            context.Display.Say($"Serving {read.Name}: looking at {read.Sources.Count} sources every {options.PollInterval.TotalSeconds:0.#} s. Ctrl-C stops.");
            await host.RunAsync(token);
            if (outcome.Fault is not null)
            {
                await Console.Error.WriteLineAsync($"error: {outcome.Fault.Message}");
                return ExitCode.Failed;
            }

            return ExitCode.Done;
        }, readsMore: true);
    }

    private static ServeOptions Read(IConfiguration configuration) => new ConfigurationReader([]).Read<ServeOptions>(configuration.GetSection(ServeOptions.SectionName));
}
