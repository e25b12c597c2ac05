using System.CommandLine;
using Sluice.Configuration;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice repair DIR</c>.</summary>
internal static class RepairVerb
{
    public static Command Create()
    {
        Argument<string> directory = new("DIR") { Description = "The work directory of a run, such as runs/NAME/work." };
        Command command = new("repair", "Mend a damaged work directory: only the damaged segments are made again, from the input; the outputs too when they are damaged.") { Arguments = { directory } };
        return Verb.Run(command, new CommonOptions(), static _ => null, async (context, parse, token) =>
        {
            string path = Path.GetFullPath(parse.GetValue(directory)!);
            using WorkHost host = WorkHost.Open(path, context);
            IReadOnlyList<string> done = await host.Get<RepairRun>().RunAsync(host.Work, ConfigurationLayers.Overrides(context.Values.Sets), token);
            foreach (string line in done)
            {
                context.Print(line);
            }

            context.Print(done.Count == 0 ? $"{path}: nothing is damaged." : $"{path}: mended.");
            return ExitCode.Done;
        });
    }
}
