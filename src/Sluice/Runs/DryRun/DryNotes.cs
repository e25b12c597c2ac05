using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Sinks.Report;

namespace Sluice.Runs.DryRun;

/// <summary>Says what of a pipeline a few rows cannot tell.</summary>
internal static class DryNotes
{
    private const double ManyRejects = 0.5;

    // Keys by which a step says how many rows, or groups of rows, it is meant for.
    private static readonly string[] s_counts = ["Count", "Each", "Clusters", "MinCount", "MinSupport"];

    /// <summary>The sentences.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="annotate">Its annotate half on these rows.</param>
    /// <param name="select">Its select half; null when it failed.</param>
    public static IReadOnlyList<string> Of(Pipeline pipeline, AnnotateReport annotate, SelectReport? select)
    {
        List<string> notes = [];
        RowCounts counts = annotate.Counts;
        if (counts.Read > 0 && counts.Rejected > pipeline.Options.Flow.MaxRejectShare * counts.Read)
        {
            notes.Add(Invariant($"{counts.Rejected:N0} of {counts.Read:N0} rows were rejected: a run with this share is given up (Flow:MaxRejectShare {pipeline.Options.Flow.MaxRejectShare:0.##}). rejects.jsonl says why."));
        }
        else if (counts.Read > 0 && counts.Rejected > ManyRejects * counts.Read)
        {
            notes.Add(Invariant($"{counts.Rejected:N0} of {counts.Read:N0} rows were rejected; rejects.jsonl says why."));
        }

        if (annotate.Unscored > 0)
        {
            notes.Add(Invariant($"Models could not score {annotate.Unscored:N0} of the rows; a run names each, and is given up after {pipeline.Options.Inference.MaxUnscored:N0} (Inference:MaxUnscored)."));
        }

        notes.AddRange(annotate.Asking.Where(m => m.Asked > 0).Select(m => Invariant($"{m.Name} asked its server {m.Asked:N0} questions; the answers stay in this folder, and the run asks them again.")));
        if (pipeline.Options.Loop.Epochs > 0)
        {
            notes.Add(Invariant($"The loop was left out: the run trains a model {pipeline.Options.Loop.Epochs:N0} times, here the recipe was carried out once."));
        }

        IReadOnlyList<JsonObject> steps = select?.Outcome.Steps ?? [];
        for (int i = 0; i < steps.Count; i++)
        {
            notes.AddRange(Step(pipeline, i, steps[i]));
        }

        return notes;
    }

    private static IEnumerable<string> Step(Pipeline pipeline, int index, JsonObject step)
    {
        long rows = step.Count("in");
        foreach ((string key, string value) in pipeline.RecipeSettings)
        {
            string[] parts = key.Split(':');
            if (parts[1] == index.ToString(CultureInfo.InvariantCulture) && s_counts.Contains(parts[^1], StringComparer.OrdinalIgnoreCase)
                && long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long wanted) && wanted > rows)
            {
                yield return Invariant($"Step {index + 1} ({step.Text("step")}) is meant for more rows: {parts[^1]} {wanted:N0}, and {rows:N0} rows came in, of which it kept {step.Count("out"):N0}. Its choice says nothing at this size.");
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
