using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Selection.Iterative;

namespace Sluice.Recipes.Iteration;

/// <summary>An epoch's selection as the answer of a step.</summary>
internal static class IterationResult
{
    /// <summary>Splits the rows that came in into the picked ones and the others, each with its reason.</summary>
    public static StepResult Of(IterationState state, IReadOnlyList<long> incoming)
    {
        HashSet<long> picked = [.. state.Picks.Select(pick => state.Rows[pick.Document])];
        Dictionary<string, double[]> figures = new() { ["score"] = [.. state.Picks.Select(pick => Rounded(state, pick.Document))] };
        if (state.Settings.Score == "both")
        {
            figures["diversity"] = [.. state.Picks.Select(pick => pick.Diversity)];
            figures["worth"] = [.. state.Picks.Select(pick => pick.Value)];
        }

        return new StepResult
        {
            Kept = [.. state.Picks.Select(pick => state.Rows[pick.Document])],
            Dropped = [.. incoming.Where(row => !picked.Contains(row)).Select(row => new Drop(row, Reason(state, row)))],
            RowFigures = figures,
            Figures = new JsonObject
            {
                ["column"] = state.Settings.Column,
                ["epoch"] = (long)state.Epoch,
                ["rows"] = (long)state.Rows.Length,
                ["wanted"] = (long)state.Settings.Count(state.Rows.Length),
                ["picked"] = (long)state.Picks.Count,
                ["ineligible"] = (long)state.Ineligible,
                ["unscored"] = (long)state.Unscored,
                ["window"] = (long)state.Window.Length,
            },
        };
    }

    private static double Rounded(IterationState state, int at) => state.Settings.Bf16 ? BrainFloat.Round(state.Scores[at]) : state.Scores[at];

    private static string Reason(IterationState state, long row)
    {
        int at = Array.BinarySearch(state.Rows, row);
        if (at < 0)
        {
            return "an earlier step left it out before the iteration began";
        }

        string column = state.Settings.Column;
        double score = Rounded(state, at);
        return double.IsNaN(score)
            ? string.Create(CultureInfo.InvariantCulture, $"{column} is absent in epoch {state.ScoredIn[at]}, so the row is not eligible")
            : score >= IterativeOrder.Limit
            ? string.Create(CultureInfo.InvariantCulture, $"{column} {score:0.####} of epoch {state.ScoredIn[at]} is not below {IterativeOrder.Limit}: the instruction does not help the model")
            : string.Create(CultureInfo.InvariantCulture, $"{column} {score:0.####} of epoch {state.ScoredIn[at]}: not among the {state.Picks.Count} picked in epoch {state.Epoch}");
    }
}
