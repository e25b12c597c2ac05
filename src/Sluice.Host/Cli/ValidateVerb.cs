using System.CommandLine;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Host.Settings;
using Sluice.Proportions;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice validate PIPELINE</c>.</summary>
internal static class ValidateVerb
{
    public static Command Create()
    {
        Argument<string> pipeline = new("PIPELINE") { Description = "The pipeline file." };
        Option<bool> show = new("--show") { Description = "Print the configuration in force, a key a line with its value and where that is said. With --json one object a line." };
        Command command = new("validate", "Check a pipeline: every mistake at once, each with its key. Nothing is started, nothing is written.") { Arguments = { pipeline }, Options = { show } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipeline), (context, parse, _) =>
        {
            List<ConfigurationError> errors = context.Errors;
            Pipeline read = Pipeline.Read(context.Configuration, context.File, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
            context.Get<PipelineRun>().Check(read, errors)?.Dispose();
            if (parse.GetValue(show))
            {
                // Before the mistakes: whoever looks for one wants to see what is in force.
                Show(context, SettingsListing.Of(context.Configuration, read.Name));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            if (!(parse.GetValue(show) && context.Values.Json))
            {
                context.Print($"{context.File} is fine: {read.Sources.Count} sources, {read.Recipe.Count} steps ({string.Join(" ▸ ", read.Recipe.Select(s => s.Name))}).");
            }

            return Task.FromResult(ExitCode.Done);
        }, readsMore: true);
    }

    private static void Show(VerbContext context, IReadOnlyList<ResolvedSetting> settings)
    {
        if (!context.Values.Json)
        {
            context.Print(SettingsText.Of(settings));
            return;
        }

        foreach (ResolvedSetting setting in settings)
        {
            context.Print(JsonSerializer.Serialize(new { key = setting.Key, value = string.IsNullOrEmpty(setting.Value) ? setting.Value : setting.Shown, origin = setting.Origin }));
        }
    }
}
