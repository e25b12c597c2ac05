using System.CommandLine;
using Sluice.Configuration;
using Sluice.Proportions;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice validate PIPELINE</c>.</summary>
internal static class ValidateVerb
{
    public static Command Create()
    {
        Argument<string> pipeline = new("PIPELINE") { Description = "The pipeline file." };
        Command command = new("validate", "Check a pipeline: every mistake at once, each with its key. Nothing is started, nothing is written.") { Arguments = { pipeline } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipeline), (context, _, _) =>
        {
            List<ConfigurationError> errors = context.Errors;
            Pipeline read = Pipeline.Read(context.Configuration, context.File, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
            context.Get<PipelineRun>().Check(read, errors)?.Dispose();
            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            context.Print($"{context.File} is fine: {read.Sources.Count} sources, {read.Recipe.Count} steps ({string.Join(" ▸ ", read.Recipe.Select(s => s.Name))}).");
            return Task.FromResult(ExitCode.Done);
        }, readsMore: true);
    }
}
