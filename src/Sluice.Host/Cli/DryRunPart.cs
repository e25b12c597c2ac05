using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Host.Display;
using Sluice.Pool;
using Sluice.Proportions;
using Sluice.Runs;
using Sluice.Runs.DryRun;

namespace Sluice.Host.Cli;

/// <summary>What <c>run --limit N</c> does in place of the run.</summary>
internal static class DryRunPart
{
    /// <summary>Runs dry and tells. Exit code 1 when the recipe could not be carried out on so few rows, since a run may fail by the same.</summary>
    public static async Task<int> RunAsync(VerbContext context, Pipeline pipeline, long rows, CancellationToken token)
    {
        string folder = DryFolder.Of(pipeline, rows);
        DryReport report = await context.Get<DryRunner>().RunAsync(DryFolder.Lead(Reread(context, pipeline, folder), folder), folder, rows, token);
        string command = Command(context);
        if (context.Values.Json)
        {
            context.Print(Json(report, command));
        }
        else if (!context.Values.Quiet)
        {
            Tell(report, command);
        }

        if (report.Failed is null)
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync(Verb.ErrorLine(context.Values, $"The recipe cannot be carried out on these rows: {report.Failed}"));
        return ExitCode.Failed;
    }

    // Steps that keep something of their own must not write it where the run does.
    private static Pipeline Reread(VerbContext context, Pipeline pipeline, string folder)
    {
        IReadOnlyDictionary<string, string> led = DryFolder.Redirections(pipeline, folder);
        if (led.Count == 0)
        {
            return pipeline;
        }

        IConfigurationRoot laid = ConfigurationLayers.Build(context.File, [.. context.Values.Sets, .. led.Select(l => $"{l.Key}={l.Value}")]);
        List<ConfigurationError> errors = [];
        Pipeline read = Pipeline.Read(laid, context.File, context.Values.Work, context.Values.Out, context.Get<ILinearSolver>(), errors);
        return errors.Count == 0 ? read : throw new ConfigurationException(errors);
    }

    private static void Tell(DryReport report, string command)
    {
        if (report.Select is { } select)
        {
            RunSummary.Print(Console.Out, report.Annotate, select);
        }
        else
        {
            RowCounts counts = report.Annotate.Counts;
            Line($"read {counts.Read:N0} = annotated {counts.Annotated:N0} + duplicate {counts.Duplicate:N0} + rejected {counts.Rejected:N0}");
        }

        Line($"DRY RUN over {(report.IsAll ? "all" : "the first")} {report.Annotate.Counts.Read:N0} rows{(report.IsAll ? " of the input, which has no more" : "")}: all of it lies in {Path.GetRelativePath(Environment.CurrentDirectory, report.Folder)}, nothing else was touched.");
        foreach (string note in report.Notes)
        {
            Line($"{note}");
        }

        Line($"{command}    run the whole");
        Console.Out.WriteLine();
    }

    private static string Json(DryReport report, string command)
    {
        RowCounts counts = report.Annotate.Counts;
        return JsonSerializer.Serialize(new
        {
            dryRun = true,
            limit = report.Limit,
            all = report.IsAll,
            folder = report.Folder,
            read = counts.Read,
            annotated = counts.Annotated,
            duplicate = counts.Duplicate,
            rejected = counts.Rejected,
            candidates = report.Select?.Outcome.Candidates,
            selected = report.Select?.Outcome.Distinct,
            dropped = report.Select?.Outcome.Dropped.Count,
            failed = report.Failed,
            waiting = report.Select?.Outcome.Waiting,
            notes = report.Notes,
            command,
        }, PoolJson.Options);
    }

    // The same call without the limit, as a shell takes it.
    private static string Command(VerbContext context) => string.Join(' ',
    [
        "sluice", "run", Quoted(context.File!), .. context.Values.Sets.SelectMany(s => new[] { "--set", Quoted(s) }), .. Named("--work", context.Values.Work), .. Named("--out", context.Values.Out),
    ]);

    private static string[] Named(string option, string? value) => value is null ? [] : [option, Quoted(value)];

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or ',' or '+')
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Line(FormattableString text) => Console.Out.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));
}
