using System.Text.Json.Nodes;
using Sluice.Curriculum;
using Sluice.Pool;
using Sluice.Proportions.Estimation;

namespace Sluice.Runs.Study;

/// <summary>The JSON answers of an estimate.</summary>
internal static class StudyAnswers
{
    /// <summary>The taxonomy, as the Curriculum step reads it, with the edges and circles that it follows from.</summary>
    public static string Taxonomy(DependencyTaxonomy taxonomy) => Text(new JsonObject
    {
        ["threshold"] = taxonomy.Threshold,
        [TaxonomyFile.Base] = List(taxonomy.Base),
        [TaxonomyFile.Intermediate] = List(taxonomy.Intermediate),
        [TaxonomyFile.Dependent] = List(taxonomy.Dependent),
        ["order"] = List(taxonomy.Order),
        ["edges"] = Edges(taxonomy.Edges),
        ["cycles"] = new JsonArray([.. taxonomy.Cycles.Select(c => (JsonNode)new JsonObject { ["edges"] = Edges(c.Edges), ["broken"] = Edge(c.Broken) })]),
    });

    /// <summary>What was measured and what of it is doubtful.</summary>
    public static string Estimate(StudyEstimateOptions options, EffectEstimate estimate, MeasuredScores scores, StoredFile study, StoredFile table) => Text(new JsonObject
    {
        ["sluiceEstimate"] = 1,
        ["study"] = study.Sha256,
        ["scores"] = new JsonObject { ["name"] = Path.GetFileName(options.Scores), ["bytes"] = table.Bytes, ["sha256"] = table.Sha256 },
        ["minGain"] = options.MinGain,
        ["clip"] = options.Clip,
        ["definition"] = "gamma[trained i][target j] = average over j's slices of (score with i - base score) / (score with j - base score). matrix.csv holds it transposed: row = target, column = trained. "
            + "An undefined pair stands there as 0, and as 1 on the diagonal.",
        ["categories"] = List(estimate.Categories),
        ["slices"] = new JsonObject(estimate.Categories.Select((c, j) => KeyValuePair.Create(c, (JsonNode?)List(scores.Slices[j])))),
        ["selfGains"] = new JsonObject(estimate.Categories.Select((c, j) => KeyValuePair.Create(c, (JsonNode?)new JsonArray([.. estimate.SelfGains[j].Select(g => (JsonNode)g)])))),
        ["againstTheOthers"] = List(estimate.AgainstTheOthers()),
        ["undefined"] = new JsonArray([.. estimate.Cells.Where(c => c.IsUndefined).Select(c => (JsonNode)Pair(estimate, c))]),
        ["clipped"] = new JsonArray([.. estimate.Cells.Where(c => c.IsClipped).Select(c =>
        {
            JsonObject pair = Pair(estimate, c);
            pair["average"] = c.Mean;
            pair["gamma"] = c.Gamma;
            pair["variance"] = double.IsNaN(c.Variance) ? null : c.Variance;
            pair["slices"] = c.Used;
            return (JsonNode)pair;
        })]),
    });

    private static JsonObject Pair(EffectEstimate estimate, EffectCell cell) =>
        new() { ["trained"] = estimate.Categories[cell.Trained], ["target"] = estimate.Categories[cell.Target] };

    private static JsonArray List(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);

    private static JsonArray Edges(IEnumerable<TaxonomyEdge> edges) => new([.. edges.Select(e => (JsonNode)Edge(e))]);

    private static JsonObject Edge(TaxonomyEdge edge) => new() { ["from"] = edge.From, ["to"] = edge.To, ["gamma"] = edge.Gamma };

    private static string Text(JsonObject answer) => answer.ToJsonString(PoolJson.Indented) + "\n";
}
