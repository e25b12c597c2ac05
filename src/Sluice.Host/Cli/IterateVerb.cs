using System.CommandLine;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Runs;
using Sluice.Runs.Loop;

namespace Sluice.Host.Cli;

/// <summary><c>sluice iterate --state DIR --scores FILE --out DIR</c>.</summary>
internal static class IterateVerb
{
    public static Command Create()
    {
        Option<string> state = new("--state") { Description = "The state directory of the recipe's Ifd step, or of a loop (work/loop/state).", HelpName = "DIR", Required = true };
        Option<string> scores = new("--scores")
        {
            Description = "New scores of the rows in the state's window.csv: .csv, .jsonl or .parquet with 'row' and 'value', or .npy in the window's order.",
            HelpName = "FILE",
            Required = true,
        };
        Option<string?> pool = new("--pool") { Description = "The pool, or the work directory that holds it. Default: where it lay when the iteration began.", HelpName = "DIR" };
        Command command = new("iterate", "The next round of an iterative method: new scores in, new selection and next window out. The same call twice changes nothing.") { Options = { state, scores, pool } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            List<ConfigurationError> errors = context.Errors;
            if (context.Values.Out is null)
            {
                errors.Add(new("--out", "Found none, expected the output directory."));
            }

            if (!File.Exists(parse.GetValue(scores)))
            {
                errors.Add(new("--scores", $"The file {parse.GetValue(scores)} does not exist."));
            }

            if (parse.GetValue(pool) is { } named && !Directory.Exists(named))
            {
                errors.Add(new("--pool", $"The directory {named} does not exist."));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            SelectReport report = context.Get<IterateRun>().Run(
                Path.GetFullPath(parse.GetValue(state)!), parse.GetValue(scores)!, Path.GetFullPath(context.Values.Out!), parse.GetValue(pool),
                context.Get<SluiceOptions>().Output.Format, token);
            if (!context.Values.Quiet)
            {
                RunSummary.Print(Console.Out, null, report);
            }

            return Task.FromResult(ExitCode.Done);
        }, readsMore: true);
    }
}
