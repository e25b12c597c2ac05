using System.CommandLine;
using System.Globalization;
using Sluice.Configuration;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice replay DIR --fixed FILE</c>.</summary>
internal static class ReplayVerb
{
    private const int Shown = 20;

    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "The work directory of a run, such as runs/NAME/work." };
        Option<string> mended = new("--fixed") { Description = "Lines of rejects.jsonl with 'raw' mended, or with the mended row as an object under 'row'.", HelpName = "FILE", Required = true };
        Command command = new("replay", "Feed mended rejects back in: each takes its reject's place, goes through every stage and stands at the end of the pool. A line fed in twice counts once.")
        {
            Arguments = { directory },
            Options = { mended },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, async (context, parse, token) =>
        {
            string file = parse.GetValue(mended)!;
            if (!File.Exists(file))
            {
                throw new ConfigurationException([new("--fixed", $"The file {file} does not exist.")]);
            }

            using WorkHost host = WorkHost.Open(Path.GetFullPath(parse.GetValue(directory)!), context);
            ReplayReport report = await host.Get<ReplayRun>().RunAsync(host.Work, file, ConfigurationLayers.Overrides(context.Values.Sets), token);
            Tell(context, report);
            return report.Counts.Annotated + report.Counts.Duplicate > 0 || report.StillRejected.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static void Tell(VerbContext context, ReplayReport report)
    {
        foreach ((MendedLine line, string reason) in report.StillRejected.Take(Shown))
        {
            Console.Error.WriteLine($"still rejected: {line.File}#{line.Number}: {reason}");
        }

        foreach (MendedLine line in report.Unknown.Take(Shown))
        {
            Console.Error.WriteLine($"left out: {line.File}#{line.Number} is not among the rejects; it was mended before, stands twice in the file, or is another run's.");
        }

        context.Print(string.Create(CultureInfo.InvariantCulture,
            $"mended {report.Counts.Annotated + report.Counts.Duplicate:N0} = annotated {report.Counts.Annotated:N0} + duplicate {report.Counts.Duplicate:N0}; still rejected {report.StillRejected.Count:N0}, left out {report.Unknown.Count:N0}"));
        if (report.Counts.Annotated > 0)
        {
            context.Print("Run the pipeline again to choose anew: nothing is scored again.");
        }
    }
}
