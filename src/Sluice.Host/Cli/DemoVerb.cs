using System.CommandLine;
using Sluice.Configuration;
using Sluice.Demo;
using Sluice.Records;

namespace Sluice.Host.Cli;

/// <summary><c>sluice demo --rows N --seed S --out FILE</c>.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        Option<long> rows = new("--rows") { Description = "Rows to make.", HelpName = "N", DefaultValueFactory = static _ => 20000 };
        Option<long> seed = new("--seed") { Description = "The same seed makes the same bytes.", HelpName = "S", DefaultValueFactory = static _ => 2024 };
        Command command = new("demo", "Make a realistic made-up pool with planted duplicates, poor answers and broken rows; FILE.truth.json says where each is. --out names the file (.jsonl, .jsonl.gz or .parquet).") { Options = { rows, seed } };
        return Verb.Run(command, new CommonOptions(), static _ => null, async (context, parse, token) =>
        {
            List<ConfigurationError> errors = [];
            string path = context.Values.Out ?? "";
            if (!path.EndsWith(".jsonl", StringComparison.Ordinal) && !path.EndsWith(".jsonl.gz", StringComparison.Ordinal) && !path.EndsWith(".parquet", StringComparison.Ordinal))
            {
                errors.Add(new("--out", $"Found '{path}', expected a file that ends in .jsonl, .jsonl.gz or .parquet."));
            }

            if (parse.GetValue(rows) < 1)
            {
                errors.Add(new("--rows", $"Found {parse.GetValue(rows)}, expected 1 or more."));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await DemoWriter.WriteAsync(parse.GetValue(rows), parse.GetValue(seed), path, path.EndsWith(".parquet", StringComparison.Ordinal) ? context.Get<ITableFiles>() : null, token);
            context.Print($"Wrote {parse.GetValue(rows):N0} rows to {path}, and what was planted where to {path}.truth.json.");
            return ExitCode.Done;
        });
    }
}
