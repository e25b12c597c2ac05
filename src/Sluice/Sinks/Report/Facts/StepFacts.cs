using System.Text.Json.Nodes;
using Sluice.Recipes;

namespace Sluice.Sinks.Report.Facts;

/// <summary>One step of the recipe as the page tells it.</summary>
/// <param name="Number">1-based position.</param>
/// <param name="Name">Its name.</param>
/// <param name="In">Rows that came in.</param>
/// <param name="Out">Rows that went on, each counted once.</param>
/// <param name="Dropped">Rows whose final fate is to have been dropped here.</param>
/// <param name="Reasons">Why, by kind.</param>
/// <param name="FirstDropped">The first of them, by row, each with its reason.</param>
/// <param name="FirstKept">The first rows, by row, that were still there after the step.</param>
/// <param name="Figures">The step's own figures.</param>
internal sealed record StepFacts(
    int Number, string Name, long In, long Out, long Dropped, ReasonKinds Reasons, IReadOnlyList<Drop> FirstDropped, IReadOnlyList<long> FirstKept, JsonObject Figures)
{
    private const int Examples = 3;

    /// <summary>Rows dropped here that a later step drew in again, less the rows that this step drew in from elsewhere.</summary>
    public long Returned => In - Out - Dropped;

    /// <summary>Splits an outcome into its steps.</summary>
    public static IReadOnlyList<StepFacts> Of(RecipeOutcome outcome, RowFates fates)
    {
        int count = outcome.Steps.Count;
        ReasonKinds[] reasons = [.. outcome.Steps.Select(_ => new ReasonKinds())];
        List<Drop>[] dropped = [.. outcome.Steps.Select(_ => new List<Drop>())];
        List<long>[] kept = [.. outcome.Steps.Select(_ => new List<long>())];
        foreach ((long row, _, string reason) in outcome.Dropped)
        {
            int step = fates[row];
            if (step >= 0 && step < count)
            {
                reasons[step].Add(reason);
                if (dropped[step].Count < Examples)
                {
                    dropped[step].Add(new Drop(row, reason));
                }
            }
        }

        int open = count;
        for (int row = 0; row < fates.Count && open > 0; row++)
        {
            for (int step = 0; step < count && step < fates[row]; step++)
            {
                if (kept[step].Count < Examples)
                {
                    kept[step].Add(row);
                    open -= kept[step].Count == Examples ? 1 : 0;
                }
            }
        }

        return [.. outcome.Steps.Select((s, i) => new StepFacts(
            i + 1, s.Text("step"), s.Count("in"), s.Count("out") - s.Count("repeats"), reasons[i].Total, reasons[i], dropped[i], kept[i], s))];
    }
}
