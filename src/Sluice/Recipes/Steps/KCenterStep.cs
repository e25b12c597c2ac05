using System.Globalization;
using System.Text.Json.Nodes;
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
        reading.Check(options.Start.Count == 0 || options.Beside.Length == 0, "Start and Beside exclude each other: the rows of the step named by Beside are the start.");
        return new KCenterStep(options);
    }

    public StepResult Apply(StepContext context, CancellationToken token)
    {
        HashSet<long> beside = options.Beside.Length == 0 ? [] : [.. context.Answer(options.Beside)];
        // Row order, so that a tie goes to the lowest row whatever order the rows came in.
        long[] rows = [.. context.Incoming.Union(beside).Order()];
        using StepVectors vectors = context.OpenVectors(options.Column, rows, token);
        int count = Math.Min(options.Count + beside.Count, rows.Length);
        KCenterResult result = KCenterGreedy.Run(
            vectors,
            new KCenterOptions
            {
                Count = count,
                Start = beside.Count > 0 ? [.. Enumerable.Range(0, rows.Length).Where(i => beside.Contains(rows[i]))] : Start(rows),
                Metric = options.Metric == "cosine" ? KCenterMetric.Cosine : KCenterMetric.Euclidean,
                Bounds = Bounds(vectors),
                WhenExhausted = options.WhenExhausted == "fill" ? WhenExhausted.Fill : WhenExhausted.Stop,
            },
            done => context.Progress($"{Name}, {done:N0} of {count:N0} chosen", (double)done / count),
            token);
        HashSet<long> chosen = [.. result.Order.Skip(beside.Count).Select(i => rows[i])];
        string reason = string.Create(CultureInfo.InvariantCulture, $"not among the {chosen.Count} chosen; a chosen row lies within {result.RadiusEnd:0.####}");
        long[] others = [.. context.Incoming.Where(r => !chosen.Contains(r))];
        int starts = result.Order.Length - result.Radius.Length - beside.Count;
        return new StepResult
        {
            Kept = [.. result.Order.Skip(beside.Count).Select(i => rows[i])],
            Dropped = new DropList(others, i => beside.Contains(others[i]) ? $"chosen already by '{options.Beside}'" : reason),
            RowFigures = new Dictionary<string, double[]> { ["radius"] = [.. Enumerable.Repeat(double.NaN, starts), .. result.Radius] },
            Figures = new JsonObject
            {
                ["kept"] = chosen.Count,
                ["column"] = options.Column,
                ["metric"] = options.Metric,
                ["radius"] = new JsonArray([.. result.Radius.Select(r => (JsonNode)r)]),
                ["radiusEnd"] = result.RadiusEnd,
                ["lowerBound"] = result.LowerBound,
                ["exhausted"] = result.Exhausted,
            },
        };
    }

    private RowBounds Bounds(StepVectors vectors) => options.Bounds switch
    {
        "full" => RowBounds.Full,
        "bytes" => RowBounds.Bytes,
        _ => (long)vectors.Count * vectors.Width * sizeof(float) > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 ? RowBounds.Bytes : RowBounds.Full,
    };

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
