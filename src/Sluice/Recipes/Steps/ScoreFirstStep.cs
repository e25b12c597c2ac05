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
        TurnScores complexity = new(context, options.Complexity), quality = new(context, options.Quality);
        double[] scores = new double[complexity.Rows];
        List<long> unscored = [];
        long[] rows = RowRanking.Descending(Scored(context, complexity, quality, scores, unscored), scores, highestRowFirst: false);
        FilterResult result = SimilarityScan.Run(context, Name, options.Embedding, rows, FilterOptions(), token);
        int tooSimilar = 0;
        int zeros = 0;
        List<int> dropped = [];
        for (int i = 0; i < rows.Length; i++)
        {
            int blocker = Blocker(i);
            if (blocker != FilterResult.IsKept)
            {
                dropped.Add(i);
                tooSimilar += blocker is >= 0 and < int.MaxValue ? 1 : 0;
                zeros += blocker == FilterResult.IsZero ? 1 : 0;
            }
        }

        int Blocker(int place) => place < result.Scanned ? result.Blockers[place] : int.MaxValue;

        return new StepResult
        {
            Kept = [.. result.Kept.Select(i => rows[i])],
            Dropped = new DropList([.. unscored, .. dropped.Select(i => rows[i])], at => at < unscored.Count
                ? Lacks(complexity, quality, unscored[at])!
                : Reason(Blocker(dropped[at - unscored.Count]), rows, scores, dropped[at - unscored.Count], result)),
            RowFigures = new Dictionary<string, double[]>
            {
                ["score"] = [.. result.Kept.Select(i => scores[rows[i]])],
                ["nearest"] = Array.ConvertAll(result.Nearest, static v => (double)v),
            },
            Figures = new JsonObject
            {
                ["kept"] = result.Kept.Length,
                ["tooSimilar"] = tooSimilar,
                ["scanned"] = result.Scanned,
                ["unscored"] = unscored.Count,
                ["zeroVectors"] = zeros,
                ["maxSimilarity"] = options.MaxSimilarity,
                ["lowestScore"] = result.Kept.Length > 0 ? scores[rows[result.Kept[^1]]] : null,
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

    private List<long> Scored(StepContext context, TurnScores complexity, TurnScores quality, double[] scores, List<long> unscored)
    {
        Func<double, double> c = Scale(options.ComplexityScale);
        Func<double, double> q = Scale(options.QualityScale);
        List<long> scored = new(context.Incoming.Count);
        foreach (long row in context.Incoming)
        {
            if (Lacks(complexity, quality, row) is not null)
            {
                unscored.Add(row);
                continue;
            }

            double sum = 0;
            for (int turn = 0; turn < complexity.Count(row); turn++)
            {
                sum += c(complexity.At(row, turn)) * q(quality.At(row, turn));
            }

            scores[row] = sum;
            scored.Add(row);
        }

        return scored;
    }

    private string? Lacks(TurnScores complexity, TurnScores quality, long row)
    {
        string? lacks = complexity.Lacks(row) ?? quality.Lacks(row);
        return lacks is null && complexity.Count(row) != quality.Count(row)
            ? $"{options.Complexity} has {complexity.Count(row)} scores, {options.Quality} {quality.Count(row)}: their turns do not match"
            : lacks;
    }

    private static Func<double, double> Scale(string name) => name == "logistic" ? static x => 1 + (5 / (1 + Math.Exp(-x))) : static x => x;

    private string Reason(int blocker, long[] rows, double[] scores, int place, FilterResult result)
    {
        if (blocker == int.MaxValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"score {scores[rows[place]]:0.####} ranks behind the {options.Count} that were wanted");
        }

        if (blocker == FilterResult.IsZero)
        {
            return $"{options.Embedding} is all zeros";
        }

        string higher = scores[rows[blocker]] > scores[rows[place]] ? "a higher" : "an equal";
        string fate = result.Blockers[blocker] == FilterResult.IsKept ? "chosen before it" : "before it in its batch";
        return string.Create(CultureInfo.InvariantCulture, $"{options.Metric} {result.Values[place]:0.####} to row {rows[blocker]}, {fate} with {higher} score");
    }
}
