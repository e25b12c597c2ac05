using System.Text.Json.Nodes;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Why;

/// <summary>Follows a row through the steps that <c>run.json</c> tells of.</summary>
internal static class StepTrail
{
    /// <summary>The 0-based step that dropped a row; -1 where several of that name could have.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="name">The step's kind, as <c>dropped.parquet</c> has it.</param>
    /// <param name="reason">Its reason.</param>
    public static int Find(IReadOnlyList<JsonObject> steps, string name, string reason)
    {
        int[] named = [.. Enumerable.Range(0, steps.Count).Where(i => steps[i].Text("step") == name)];
        int[] fitting = named.Length < 2 ? named : [.. named.Where(i => Fits(steps[i], reason))];
        return fitting is [int only] ? only : -1;
    }

    /// <summary>
    /// The steps before <paramref name="end"/> that the row surely got through. None is claimed before a merge or a step that starts from another's rows; before one that draws
    /// rows passed over only what <paramref name="isSure"/> says.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="end">0-based step that decided; the number of steps for a row that was chosen.</param>
    /// <param name="isSure">Whether the row got through a step, by its place, although a later one draws rows that were passed over.</param>
    public static IReadOnlyList<PassedStep> Passed(IReadOnlyList<JsonObject> steps, int end, Func<int, bool> isSure)
    {
        int from = 0;
        int drawn = 0;
        for (int i = 0; i < steps.Count && i <= end; i++)
        {
            if (steps[i].Text("from").Length > 0 || steps[i].Text("step") == "Merge")
            {
                // What it dropped or kept came from elsewhere.
                from = i;
            }
            else if (i < end && steps[i].Count("added") > 0)
            {
                drawn = i + 1;
            }
        }

        return [.. Enumerable.Range(from, Math.Max(0, end - from)).Where(i => steps[i]["waiting"] is null && (i >= drawn || isSure(i)))
            .Select(i => new PassedStep(Name(steps[i]), What(steps[i]), steps[i].Count("in"), steps[i].Count("out")))];
    }

    /// <summary>What a step is called in the recipe.</summary>
    public static string Name(JsonObject step) => step.Text("as") is { Length: > 0 } label ? label : step.Text("step");

    private static string What(JsonObject step) => (step.Text("column"), step.Text("limit")) switch
    {
        ({ Length: > 0 } column, { Length: > 0 } limit) => $"{column} {limit}",
        ({ Length: > 0 } column, _) => $"by {column}",
        _ => "",
    };

    private static bool Fits(JsonObject step, string reason)
    {
        string column = step.Text("column");
        string limit = step.Text("limit");
        return reason.StartsWith(column + " ", StringComparison.Ordinal) && (limit.Length == 0 || reason.EndsWith($"not {limit}", StringComparison.Ordinal) || reason.Contains($"not {limit}:", StringComparison.Ordinal));
    }
}
