using System.CommandLine;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice why DIR ROW</c>.</summary>
internal static class WhyVerb
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "An output directory, a work directory or a pool." };
        Argument<string> row = new("ROW") { Description = "A pool row (0-based), or an id such as pool.jsonl#12." };
        Command command = new("why", "One row's passport: where from, every score, every decision and its reason.") { Arguments = { directory, row } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, _) =>
        {
            context.Print(context.Get<Passport>().Describe(parse.GetValue(directory)!, parse.GetValue(row)!));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
