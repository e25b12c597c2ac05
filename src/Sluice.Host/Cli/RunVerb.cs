using System.CommandLine;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Proportions;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice run PIPELINE</c>.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        Argument<string> pipeline = new("PIPELINE") { Description = "The pipeline file (JSON; comments and trailing commas allowed)." };
        Option<long?> limit = new("--limit")
        {
            Description = "A dry run over the first N rows: the real stages and recipe in a folder of its own (runs/NAME/limit-N), made anew each time; the real work and output directories are not touched.",
            HelpName = "N",
        };
        Command command = new("run", "Annotate, then select, as the pipeline file says. Resumes by itself when the work directory holds an unfinished run.") { Arguments = { pipeline }, Options = { limit } };
        return Verb.Run(command, new CommonOptions(), p => p.GetValue(pipeline), async (context, parse, token) =>
        {
            List<ConfigurationError> errors = context.Errors;
            Pipeline read = Pipeline.Read(context.Configuration, context.File, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
            if (parse.GetValue(limit) is long few and <= 0)
            {
                errors.Add(new("--limit", $"Found {few}, expected 1 row or more."));
            }

            if (errors.Count > 0)
            {
                // Models and sources too, so that one look shows every mistake.
                context.Get<PipelineRun>().Check(read, errors)?.Dispose();
                throw new ConfigurationException(errors);
            }

            if (parse.GetValue(limit) is { } rows)
            {
                return await DryRunPart.RunAsync(context, read, rows, token);
            }

            (AnnotateReport annotate, SelectReport select) = await context.Get<PipelineRun>().RunAsync(read, context.Values.Fresh, token);
            if (!context.Values.Quiet)
            {
                RunSummary.Print(Console.Out, annotate, select, read.WorkPath);
            }

            return ExitCode.Done;
        }, readsMore: true);
    }
}
