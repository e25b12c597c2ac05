using System.Text.Json.Nodes;
using Sluice.Records;
using Sluice.Selection;
using Sluice.Selection.FacilityLocation;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Chooses rows that together stand for all rows that came in: the facility location function, by lazy greedy choice, as Superfiltering's diversity step
/// (arXiv 2402.00530; <c>Superfiltering.D</c>) does with submodlib.
/// </summary>
internal sealed class FacilityLocationStep(FacilityLocationStepOptions options) : IRecipeStep
{
    public string Name => "FacilityLocation";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [options.Column];

    public static FacilityLocationStep Create(StepReading reading)
    {
        FacilityLocationStepOptions options = reading.Options<FacilityLocationStepOptions>();
        reading.Check(options.Count > 0, "Found no Count, expected the number of rows to choose, such as \"Count\": 1000.");
        return new FacilityLocationStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        // Row order, so that a tie goes by row whatever order the rows came in.
        long[] rows = [.. context.Incoming.Order()];
        VectorData vectors = context.Vectors(options.Column, rows);
        int count = Math.Min(options.Count, rows.Length);
        FacilityResult result = FacilityLocationGreedy.Run(
            new MatrixRows(vectors.Values, vectors.Width),
            new FacilityOptions
            {
                Count = count,
                Similarity = options.Similarity == "cosine" ? FacilitySimilarity.Cosine : FacilitySimilarity.Submodlib,
                HighestOnTies = options.Ties == "high",
            },
            chosen => context.Progress($"{Name}, {chosen:N0} of {count:N0} chosen", (double)chosen / count),
            token);
        HashSet<int> chosenAt = [.. result.Order];
        string reason = $"not among the {result.Order.Length} chosen, which stand for it";
        return new StepResult
        {
            Kept = [.. result.Order.Select(i => rows[i])],
            Dropped = new DropList([.. rows.Where((_, i) => !chosenAt.Contains(i))], _ => reason),
            RowFigures = new Dictionary<string, double[]> { ["gain"] = result.Gains },
            Figures = new JsonObject
            {
                ["kept"] = result.Order.Length,
                ["column"] = options.Column,
                ["similarity"] = options.Similarity,
                ["gains"] = new JsonArray([.. result.Gains.Select(g => (JsonNode)g)]),
                ["value"] = result.Gains.Sum(),
                ["meanSimilarity"] = result.Gains.Sum() / rows.Length,
                ["evaluations"] = result.Evaluations,
            },
        };
    }
}
