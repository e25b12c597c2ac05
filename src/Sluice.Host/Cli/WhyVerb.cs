using System.CommandLine;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Runs.Why;

namespace Sluice.Host.Cli;

/// <summary><c>sluice why DIR ROW</c>.</summary>
internal static class WhyVerb
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "An output directory, a work directory or a pool." };
        Argument<string> row = new("ROW") { Description = "A pool row (0-based), or an id such as pool.jsonl#12, which rejected rows have too." };
        Command command = new("why",
            "One row's passport: where from, what each model said and where that stands in the pool, every decision and its reason, how far it was from being kept. "
            + "With --json one JSON object on standard output.")
        {
            Arguments = { directory, row },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            PassportReport report = context.Get<Passport>().Describe(parse.GetValue(directory)!, parse.GetValue(row)!, token);
            context.Print(context.Values.Json ? JsonSerializer.Serialize(report, PoolJson.Options) : PassportText.Of(report));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
