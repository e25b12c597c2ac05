using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Recipes.Steps;

/// <summary>Keeps the first of similar rows, in the order they come in, by the cosine similarity of their vectors. What it drops no later step can draw.</summary>
internal sealed class DropDuplicatesStep(DropDuplicatesStepOptions options) : IRecipeStep
{
    public string Name => "DropDuplicates";

    public bool IsFilter => true;

    public IReadOnlyList<string> Columns => [options.Column];

    public static DropDuplicatesStep Create(StepReading reading)
    {
        DropDuplicatesStepOptions options = reading.Options<DropDuplicatesStepOptions>();
        reading.Check(options.MaxSimilarity is not null, "The key MaxSimilarity is required: the cosine similarity above which a row repeats another, such as \"MaxSimilarity\": 0.95.");
        return new DropDuplicatesStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        long[] rows = [.. context.Incoming];
        FilterOptions filter = new() { Limit = options.MaxSimilarity!.Value, DropZeros = options.ZeroVectors == "drop" };
        FilterResult result = SimilarityScan.Run(context, Name, options.Column, rows, filter, token);
        int[] dropped = [.. Enumerable.Range(0, rows.Length).Where(i => result.Blockers[i] != FilterResult.IsKept)];

        return new StepResult
        {
            Kept = [.. result.Kept.Select(i => rows[i])],
            Dropped = new DropList(Array.ConvertAll(dropped, i => rows[i]), at => Reason(dropped[at])),
            RowFigures = new Dictionary<string, double[]> { ["nearest"] = Array.ConvertAll(result.Nearest, static v => (double)v) },
            Figures = new JsonObject { ["kept"] = result.Kept.Length, ["dropped"] = dropped.Length, ["column"] = options.Column, ["maxSimilarity"] = options.MaxSimilarity },
        };

        string Reason(int i) => result.Blockers[i] == FilterResult.IsZero
            ? $"{options.Column} is all zeros"
            : string.Create(CultureInfo.InvariantCulture, $"cosine {result.Values[i]:0.####} to row {rows[result.Blockers[i]]}, which came before it");
    }
}
