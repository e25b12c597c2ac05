using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Records;
using Sluice.Selection;
using Sluice.Selection.Clustering;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Chooses the few rows on which a base model gets its first experience: Cherry's first step (arXiv 2308.12032, section 2.1; <c>data_by_cluster.py</c>). K-means clusters by
/// embedding; of each cluster, evenly, rows from the middle of its confidences. Output in row order, where the reference goes cluster by cluster.
/// </summary>
internal sealed class PreExperienceStep(PreExperienceStepOptions options) : IRecipeStep
{
    public string Name => "PreExperience";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [options.Column, options.Confidence];

    public static PreExperienceStep Create(StepReading reading)
    {
        PreExperienceStepOptions options = reading.Options<PreExperienceStepOptions>();
        reading.Require(nameof(options.Confidence), options.Confidence);
        reading.Check(options.Low <= options.High, $"Found {options.Low} above High ({options.High}), expected at most as much.", nameof(options.Low));
        return new PreExperienceStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        double[] confidence = context.Numbers(options.Confidence);

        // Row order, so that clusters and ties do not depend on the order the rows came in.
        long[] rows = [.. context.Incoming.Where(r => !double.IsNaN(confidence[r])).Order()];
        List<Drop> dropped = [.. context.Incoming.Where(r => double.IsNaN(confidence[r])).Order().Select(r => new Drop(r, $"{options.Confidence} is absent"))];
        if (rows.Length == 0)
        {
            return new StepResult { Kept = [], Dropped = dropped };
        }

        int absent = dropped.Count;
        VectorData vectors = context.Vectors(options.Column, rows);
        KMeansResult clusters = KMeans.Run(
            new MatrixRows(vectors.Values, vectors.Width),
            new KMeansOptions { Clusters = options.Clusters, Seed = options.Seed },
            round => context.Progress($"{Name}, round {round}", 0),
            token);
        ILookup<int, int> members = Enumerable.Range(0, rows.Length).ToLookup(i => clusters.Labels[i]);
        HashSet<int> chosen = [];
        foreach (IGrouping<int, int> cluster in members)
        {
            int[] places = [.. cluster];
            double[] values = Array.ConvertAll(places, i => confidence[rows[i]]);
            chosen.UnionWith(MiddleRows.Choose(values, options.Each, options.Low, options.High).Select(i => places[i]));
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (!chosen.Contains(i))
            {
                dropped.Add(new Drop(rows[i], string.Create(
                    CultureInfo.InvariantCulture, $"{options.Confidence} {confidence[rows[i]]:0.####} is not among those taken from the middle of cluster {clusters.Labels[i]}")));
            }
        }

        int[] kept = [.. chosen.Order()];
        return new StepResult
        {
            Kept = [.. kept.Select(i => rows[i])],
            Dropped = dropped,
            RowFigures = new Dictionary<string, double[]> { ["cluster"] = [.. kept.Select(i => (double)clusters.Labels[i])] },
            Figures = new JsonObject
            {
                ["kept"] = kept.Length,
                ["column"] = options.Column,
                ["confidence"] = options.Confidence,
                ["clusters"] = clusters.Clusters,
                ["sizes"] = new JsonArray([.. Enumerable.Range(0, clusters.Clusters).Select(c => (JsonNode)members[c].Count())]),
                ["inertia"] = clusters.Inertia,
                ["rounds"] = clusters.Rounds,
                ["unscored"] = absent,
            },
        };
    }
}
