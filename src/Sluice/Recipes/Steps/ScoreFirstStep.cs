using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Takes rows by score, complexity times quality summed over the turns, and leaves out those too similar to one taken before: Deita (arXiv 2312.15685;
/// <c>selection/filter</c>). Equal scores go by row, where the reference's sort leaves them in any order. A row that lacks a score cannot be taken.
/// </summary>
internal sealed class ScoreFirstStep(ScoreFirstStepOptions options) : IRecipeStep
{
    public string Name => "ScoreFirst";

    public bool IsFilter => false;

    public IReadOnlyList<string> Columns => [options.Complexity, options.Quality, options.Embedding];

    public static ScoreFirstStep Create(StepReading reading)
    {
        ScoreFirstStepOptions options = reading.Options<ScoreFirstStepOptions>();
        reading.Check(options.Count != 0, "Found 0, expected -1 for no limit, or at least 1.", nameof(options.Count));
        reading.Check(options.Metric != "cosine" || options.MaxSimilarity <= 1, $"Found {options.MaxSimilarity}, expected a cosine similarity, at most 1.", nameof(options.MaxSimilarity));
        return new ScoreFirstStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        List<Drop> dropped = [];
        (long Row, double Score)[] ranked = [.. Scored(context, dropped).OrderByDescending(r => r.Score).ThenBy(r => r.Row)];
        int unscored = dropped.Count;
        long[] rows = [.. ranked.Select(r => r.Row)];
        FilterResult result = SimilarityScan.Run(context, Name, options.Embedding, rows, FilterOptions(), token);
        int tooSimilar = 0;
        int zeros = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int blocker = i < result.Scanned ? result.Blockers[i] : int.MaxValue;
            if (blocker != FilterResult.IsKept)
            {
                dropped.Add(new Drop(rows[i], Reason(blocker, ranked, i, result)));
                tooSimilar += blocker is >= 0 and < int.MaxValue ? 1 : 0;
                zeros += blocker == FilterResult.IsZero ? 1 : 0;
            }
        }

        return new StepResult
        {
            Kept = [.. result.Kept.Select(i => rows[i])],
            Dropped = dropped,
            RowFigures = new Dictionary<string, double[]>
            {
                ["score"] = [.. result.Kept.Select(i => ranked[i].Score)],
                ["nearest"] = Array.ConvertAll(result.Nearest, static v => (double)v),
            },
            Figures = new JsonObject
            {
                ["kept"] = result.Kept.Length,
                ["tooSimilar"] = tooSimilar,
                ["scanned"] = result.Scanned,
                ["unscored"] = unscored,
                ["zeroVectors"] = zeros,
                ["maxSimilarity"] = options.MaxSimilarity,
                ["lowestScore"] = result.Kept.Length > 0 ? ranked[result.Kept[^1]].Score : null,
            },
        };
    }

    private FilterOptions FilterOptions() => new()
    {
        Limit = options.MaxSimilarity,
        Count = options.Count,
        Batch = options.Batch,
        Metric = options.Metric == "manhattan" ? FilterMetric.Manhattan : FilterMetric.Cosine,
        DropZeros = options.ZeroVectors == "drop",
    };

    private List<(long Row, double Score)> Scored(StepContext context, List<Drop> dropped)
    {
        double[]?[] complexity = context.NumberLists(options.Complexity);
        double[]?[] quality = context.NumberLists(options.Quality);
        Func<double, double> c = Scale(options.ComplexityScale);
        Func<double, double> q = Scale(options.QualityScale);
        List<(long, double)> scored = [];
        foreach (long row in context.Incoming)
        {
            string? lacks = Lacks(complexity[row], options.Complexity) ?? Lacks(quality[row], options.Quality);
            if (lacks is null && complexity[row]!.Length != quality[row]!.Length)
            {
                lacks = $"{options.Complexity} has {complexity[row]!.Length} scores, {options.Quality} {quality[row]!.Length}: their turns do not match";
            }

            if (lacks is null)
            {
                scored.Add((row, complexity[row]!.Zip(quality[row]!, (of, at) => c(of) * q(at)).Sum()));
            }
            else
            {
                dropped.Add(new Drop(row, lacks));
            }
        }

        return scored;
    }

    private static Func<double, double> Scale(string name) => name == "logistic" ? static x => 1 + (5 / (1 + Math.Exp(-x))) : static x => x;

    private static string? Lacks(double[]? scores, string column) => scores switch
    {
        null or [] => $"{column} is absent, so the row has no score",
        _ when !Array.TrueForAll(scores, double.IsFinite) => $"{column} of a turn is absent, so the row has no score",
        _ => null,
    };

    private string Reason(int blocker, (long Row, double Score)[] ranked, int place, FilterResult result)
    {
        if (blocker == int.MaxValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"score {ranked[place].Score:0.####} ranks behind the {options.Count} that were wanted");
        }

        if (blocker == FilterResult.IsZero)
        {
            return $"{options.Embedding} is all zeros";
        }

        string higher = ranked[blocker].Score > ranked[place].Score ? "a higher" : "an equal";
        string fate = result.Blockers[blocker] == FilterResult.IsKept ? "chosen before it" : "before it in its batch";
        return string.Create(CultureInfo.InvariantCulture, $"{options.Metric} {result.Values[place]:0.####} to row {ranked[blocker].Row}, {fate} with {higher} score");
    }
}
