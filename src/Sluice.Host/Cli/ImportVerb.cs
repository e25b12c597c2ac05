using System.CommandLine;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Runs;

namespace Sluice.Host.Cli;

/// <summary><c>sluice import --pool DIR --rows FILE... [--embeddings F.npy] [--column NAME=FILE]...</c>.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        Option<string> pool = new("--pool") { Description = "Where the pool is made.", HelpName = "DIR", Required = true };
        Option<string[]> rows = new("--rows") { Description = "Row files (.jsonl, .json, .parquet; .gz and .zst too), folders or globs, in order. Every row is kept.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string?> embeddings = new("--embeddings") { Description = "The column 'embedding': a .npy matrix (float16, float32 or float64, row-major), a row each.", HelpName = "F.npy" };
        Option<string[]> columns = new("--column")
        {
            Description = "A column computed elsewhere: .npy, .csv (header; 'row' and the value), .jsonl or .parquet ('row' and 'value': a number, a text, or a list of either).",
            HelpName = "NAME=FILE",
            DefaultValueFactory = static _ => [],
        };
        Command command = new("import", "Make a pool from rows and from columns computed elsewhere. No dedup, no scoring.") { Options = { pool, rows, embeddings, columns } };
        return Verb.Run(command, new CommonOptions(), static _ => null, async (context, parse, token) =>
        {
            List<KeyValuePair<string, string>> named = [];
            List<ConfigurationError> errors = [];
            if (parse.GetValue(embeddings) is { } matrix)
            {
                named.Add(new(PoolColumns.Embedding, matrix));
            }

            foreach (string column in parse.GetValue(columns)!)
            {
                int equals = column.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0 || column[..equals].AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
                {
                    errors.Add(new("--column", $"Found '{column}', expected NAME=FILE."));
                    continue;
                }

                named.Add(new(column[..equals], column[(equals + 1)..]));
            }

            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            string folder = Path.GetFullPath(parse.GetValue(pool)!);
            long count = await context.Get<ImportRun>().RunAsync(folder, parse.GetValue(rows)!, named, context.Values.Fresh, token);
            context.Print($"Imported {count:N0} rows and {named.Count} {(named.Count == 1 ? "column" : "columns")}{(named.Count == 0 ? "" : $" ({string.Join(", ", named.Select(n => n.Key))})")} into {folder}.");
            return ExitCode.Done;
        });
    }
}
