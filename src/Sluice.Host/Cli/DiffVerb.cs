using System.CommandLine;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Runs.Diff;
using Sluice.Sinks.Diff;

namespace Sluice.Host.Cli;

/// <summary><c>sluice diff OUT1 OUT2</c>.</summary>
internal static class DiffVerb
{
    public static Command Create()
    {
        Argument<string> before = new("OUT1") { Description = "An output directory of run or select." };
        Argument<string> after = new("OUT2") { Description = "Another one, of the same rows." };
        Option<int> rows = new("--rows") { Description = "Rows to show of those that entered, and of those that left. Default 5.", HelpName = "N", DefaultValueFactory = static _ => 5 };
        Option<string?> html = new("--html") { Description = "Write the comparison as one HTML page that opens offline.", HelpName = "FILE" };
        Command command = new("diff",
            "What entered, what left, how the mix and the scores moved, which settings differ, and why each row is in or out. Rows are matched by their id (file#number). "
            + "With --json one JSON object on standard output. Exit code 0 whether they differ or not.")
        {
            Arguments = { before, after },
            Options = { rows, html },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            if (parse.GetValue(rows) is < 0 or > 10_000)
            {
                throw new ConfigurationException([new("--rows", $"Found {parse.GetValue(rows)}, expected 0 to 10,000.")]);
            }

            DiffReport report = context.Get<DiffRun>().Run(parse.GetValue(before)!, parse.GetValue(after)!, parse.GetValue(rows), token);
            context.Print(context.Values.Json ? JsonSerializer.Serialize(report, PoolJson.Options) : DiffText.Of(report));
            if (parse.GetValue(html) is { } page)
            {
                using (FileStream stream = new(page + PoolDisk.Partial, FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    DiffPage.Write(stream, report);
                }

                File.Move(page + PoolDisk.Partial, page, overwrite: true);
                context.Display.Say($"Wrote {page}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
    }
}
