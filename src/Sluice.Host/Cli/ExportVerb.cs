using System.CommandLine;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice export --pool DIR --columns A,B --to FILE</c>.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        Option<string> pool = new("--pool") { Description = "The pool, or the work directory that holds it.", HelpName = "DIR", Required = true };
        Option<string> columns = new("--columns") { Description = "Columns, separated by commas.", HelpName = "A,B", Required = true };
        Option<string> to = new("--to") { Description = "The file; its ending chooses the format: .parquet, .jsonl, .csv or .npy (one column).", HelpName = "FILE", Required = true };
        Command command = new("export", "Write columns of a pool to a file.") { Options = { pool, columns, to } };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, _) =>
        {
            string[] names = parse.GetValue(columns)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            long rows = context.Get<ExportRun>().Run(parse.GetValue(pool)!, names, parse.GetValue(to)!);
            context.Print($"Wrote {string.Join(", ", names)} of {rows:N0} rows to {parse.GetValue(to)}.");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
