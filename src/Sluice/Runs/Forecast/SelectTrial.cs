using System.Text.Json.Nodes;
using Sluice.Parsing;
using Sluice.Pool.Disk;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Selection.Tagging;
using Sluice.Sinks;
using Sluice.Topology;

namespace Sluice.Runs.Forecast;

/// <summary>Tries a recipe on the sample's pool: how long each step takes, what it keeps, and how large the outputs are.</summary>
internal sealed class SelectTrial(ITableFiles tables, IRowParser parser, FlowOptions flow, IReportWriter report, TimeProvider time, ITagVectors tagVectors)
{
    // Steps whose time grows with rows in times rows chosen or kept; all others read each row once or sort.
    private static readonly string[] s_pairs = ["KCenter", "FacilityLocation", "DropDuplicates", "ScoreFirst", "Ifd", "TagCoverage", "PreExperience"];

    /// <summary>Runs the recipe. Null with the reason where it cannot be run on a sample.</summary>
    public (SelectReport? Report, string Why) Try(Pipeline pipeline, string pool, string outPath, CancellationToken token)
    {
        if (pipeline.Options.Loop.Epochs > 0)
        {
            return (null, "The loop trains a model between its rounds, which no sample can tell: only the annotate half is forecast.");
        }

        // A state of an iterative method belongs to the run, and a forecast writes nothing there.
        if (pipeline.Values.Any(v => v.Key.StartsWith("Recipe:", StringComparison.OrdinalIgnoreCase) && v.Key.EndsWith(":State", StringComparison.OrdinalIgnoreCase) && v.Value.Length > 0))
        {
            return (null, "A step of the recipe keeps a state (State), which a forecast must not touch: only the annotate half is forecast.");
        }

        try
        {
            SelectRun select = new(tables, parser, flow, report, new PoolDisk(), time, new SilentDisplay(), tagVectors);
            SelectReport tried = select.Run(pipeline.Name, pool, pipeline.Recipe, outPath, pipeline.Options.Output.Format, null, new Dictionary<string, string>(), token);
            return tried.Outcome.Waiting is { } waiting ? (null, Untried(waiting)) : (tried, "");
        }
        catch (RecipeException fault)
        {
            return (null, Untried(fault.Message));
        }
    }

    private static string Untried(string why) => $"The recipe could not be tried on the sample, so only the annotate half is forecast. {why}";

    /// <summary>Seconds of the select half for so many times the sample's rows.</summary>
    /// <param name="trial">The recipe on the sample.</param>
    /// <param name="times">Rows of the whole, of one of the sample.</param>
    /// <param name="counts">Rows that each step is asked for, by its place in the recipe; -1 where it says none.</param>
    public static Interval Seconds(SelectReport trial, Interval times, IReadOnlyList<long> counts)
    {
        if (times.IsExact && times.Estimate <= 1)
        {
            return Interval.Around(trial.Elapsed.TotalSeconds, 0.3, 0.5);
        }

        Interval all = Interval.Exact(0);
        double steps = 0;
        for (int i = 0; i < trial.Outcome.Steps.Count; i++)
        {
            JsonObject step = trial.Outcome.Steps[i];
            double seconds = (double?)step["seconds"] ?? 0;
            steps += seconds;
            // At least rows in; at most rows in times rows chosen, unless those are as many as the step asks for already.
            double more = s_pairs.Contains((string?)step["step"]) && !(counts[i] >= 0 && (long)step["out"]! >= counts[i])
                ? counts[i] >= 0 ? Math.Clamp(counts[i] / Math.Max(1.0, (long)step["out"]!), 1, times.To) : times.To
                : 1;
            all += new Interval(seconds * times.Estimate * Math.Sqrt(more), seconds * times.From * 0.5, seconds * times.To * more * 1.3);
        }

        // Reading the pool and writing what was dropped grow with the rows; the chosen rows' own part does not where their number is fixed.
        double rest = Math.Max(0, trial.Elapsed.TotalSeconds - steps);
        return all + new Interval(rest * (0.4 + (0.6 * times.Estimate)), rest * (0.7 + (0.2 * times.From)), rest * times.To * 1.3);
    }

    /// <summary>Rows that the recipe chooses of so many candidates.</summary>
    public static Interval Chosen(SelectReport trial, Interval candidates, Interval times, IReadOnlyList<long> counts)
    {
        if (times.IsExact && times.Estimate <= 1)
        {
            return Interval.Exact(trial.Outcome.Distinct);
        }

        double share = trial.Outcome.Distinct / Math.Max(1.0, trial.Outcome.Candidates);
        double half = 2 * Math.Sqrt(share * (1 - share) / Math.Max(1.0, trial.Outcome.Candidates));
        Interval free = candidates * new Interval(share, Math.Max(0, share - half), share + half);
        long[] limits = [.. counts.Where(c => c >= 0)];
        if (limits.Length == 0)
        {
            return free;
        }

        // Where the sample could fill the count the whole can too; where it could not, the share that came through says how far the whole gets.
        double least = limits.Min();
        return trial.Outcome.Distinct >= least ? Interval.Exact(least) : new Interval(Math.Min(least, free.Estimate), Math.Min(least, free.From), least);
    }
}
