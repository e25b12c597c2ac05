using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Records;
using Sluice.Selection;
using Sluice.Selection.KCenter;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Chooses rows so that no row is far from a chosen one: greedy k-center (Gonzalez 1985; the selection step of MoDS, arXiv 2311.15653), with its certificate.
/// </summary>
internal sealed class KCenterStep(KCenterStepOptions options) : IRecipeStep
{
    public string Name => "KCenter";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [options.Column];

    public static KCenterStep Create(StepReading reading)
    {
        KCenterStepOptions options = reading.Options<KCenterStepOptions>();
        reading.Check(options.Count > 0, "Found no Count, expected the number of rows to choose, such as \"Count\": 1000.");
        reading.Check(options.Start.Count <= Math.Max(1, options.Count), $"Start names {options.Start.Count} rows, more than Count ({options.Count}).");
        return new KCenterStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        // Row order, so that a tie goes to the lowest row whatever order the rows came in.
        long[] rows = [.. context.Incoming.Order()];
        VectorData vectors = context.Vectors(options.Column, rows);
        int count = Math.Min(options.Count, rows.Length);
        KCenterResult result = KCenterGreedy.Run(
            new MatrixRows(vectors.Values, vectors.Width),
            new KCenterOptions
            {
                Count = count,
                Start = Start(rows),
                Metric = options.Metric == "cosine" ? KCenterMetric.Cosine : KCenterMetric.Euclidean,
                WhenExhausted = options.WhenExhausted == "fill" ? WhenExhausted.Fill : WhenExhausted.Stop,
            },
            chosen => context.Progress($"{Name}, {chosen:N0} of {count:N0} chosen", (double)chosen / count),
            token);
        HashSet<int> chosenAt = [.. result.Order];
        string reason = string.Create(CultureInfo.InvariantCulture, $"not among the {result.Order.Length} chosen; a chosen row lies within {result.RadiusEnd:0.####}");
        int starts = result.Order.Length - result.Radius.Length;
        return new StepResult
        {
            Kept = [.. result.Order.Select(i => rows[i])],
            Dropped = [.. Enumerable.Range(0, rows.Length).Where(i => !chosenAt.Contains(i)).Select(i => new Drop(rows[i], reason))],
            RowFigures = new Dictionary<string, double[]> { ["radius"] = [.. Enumerable.Repeat(double.NaN, starts), .. result.Radius] },
            Figures = new JsonObject
            {
                ["kept"] = result.Order.Length,
                ["column"] = options.Column,
                ["metric"] = options.Metric,
                ["radius"] = new JsonArray([.. result.Radius.Select(r => (JsonNode)r)]),
                ["radiusEnd"] = result.RadiusEnd,
                ["lowerBound"] = result.LowerBound,
                ["exhausted"] = result.Exhausted,
            },
        };
    }

    private int[] Start(long[] rows)
    {
        int[] start = new int[options.Start.Count];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = Array.BinarySearch(rows, options.Start[i]);
            if (start[i] < 0)
            {
                throw new RecipeException($"Start names row {options.Start[i]}, which did not come in. Name rows that the steps before keep.");
            }

            if (Array.IndexOf(start, start[i]) < i)
            {
                throw new RecipeException($"Start names row {options.Start[i]} twice.");
            }
        }

        return start;
    }
}
