using System.CommandLine;
using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Runs.Study;

namespace Sluice.Host.Cli;

/// <summary><c>sluice study plan --pool DIR --out DIR</c>.</summary>
internal static class StudyPlanVerb
{
    public static Command Create()
    {
        Option<string> pool = new("--pool") { Description = "The pool, or the work directory that holds it.", HelpName = "DIR", Required = true };
        Option<string> column = new("--column") { Description = "The column of categories.", HelpName = "NAME", DefaultValueFactory = static _ => PoolColumns.Category };
        Option<int?> baseCount = new("--base") { Description = $"Rows of the base set, drawn at random. Default: {StudyPlanOptions.DefaultBase:N0}, at most half the rows with a category.", HelpName = "N" };
        Option<string?> baseRows = new("--base-rows") { Description = "A selection.jsonl whose rows are the base set instead, in its order.", HelpName = "FILE" };
        Option<int> each = new("--each") { Description = "Rows of a category that are added to the base set; all of them where there are fewer.", HelpName = "M", DefaultValueFactory = static _ => 1_000 };
        Option<int> seed = new("--seed") { Description = "Seed of what is drawn.", HelpName = "S", DefaultValueFactory = static _ => 2024 };
        Option<int> slices = new("--slices") { Description = "Slices of each category's evaluation that the table to fill in has lines for.", HelpName = "K", DefaultValueFactory = static _ => 5 };
        Option<string[]> categories = new("--categories") { Description = "The categories to study, separated by commas; may be given several times. A comma before a blank belongs to the name. Default: all.", HelpName = "A,B", DefaultValueFactory = static _ => [] };
        Command command = new("plan",
            "Write the K + 1 data sets of a study: base.jsonl, and base+CATEGORY.jsonl with rows of one category more. Tune one model on each, evaluate every model on slices of every "
            + "category's evaluation, fill in scores-template.csv, then run 'sluice study estimate'. Every data set begins with the base rows in the same order; rows.csv says which pool "
            + "rows are where, study.json what all of it was made of. Planning again checks every file by its hash and changes none; a table filled in is never overwritten without --fresh.")
        {
            Options = { pool, column, baseCount, baseRows, each, seed, slices, categories },
        };
        return Verb.Run(command, new CommonOptions(), static _ => null, (context, parse, token) =>
        {
            StudyPlanReport report = context.Get<StudyPlanRun>().Run(new StudyPlanOptions
            {
                Pool = parse.GetValue(pool)!,
                Out = Path.GetFullPath(context.Values.Out ?? throw new ConfigurationException([new("--out", "Found none, expected the directory for the data sets.")])),
                Column = parse.GetValue(column)!,
                Base = parse.GetValue(baseCount),
                BaseRows = parse.GetValue(baseRows),
                Each = parse.GetValue(each),
                Seed = parse.GetValue(seed),
                Slices = parse.GetValue(slices),
                Categories = [.. parse.GetValue(categories)!.SelectMany(Names).Distinct(StringComparer.Ordinal)],
                Fresh = context.Values.Fresh,
            }, token);
            context.Print($"{report.DataSets:N0} data sets ({report.BaseRows:N0} base rows, {report.DataSets - 1:N0} categories) are in {report.Folder}; {report.Unchanged:N0} of {report.Files:N0} files were there already.");
            return Task.FromResult(ExitCode.Done);
        });
    }

    // 'Humanities, History, Philosophy and Sociology' is one category: a comma with a blank behind it parts nothing.
    private static IEnumerable<string> Names(string list)
    {
        int start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] == ',' && i + 1 < list.Length && list[i + 1] != ' ')
            {
                yield return list[start..i].Trim();
                start = i + 1;
            }
        }

        yield return list[start..].Trim();
    }
}
