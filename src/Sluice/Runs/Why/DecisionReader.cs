using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Why;

/// <summary>Reads out of an output directory what the recipe decided about a row.</summary>
internal sealed class DecisionReader(string output, PoolReader pool, IParquetRows parquet, ITableFiles tables, CancellationToken token)
{
    private static readonly string[] s_filters = ["Threshold", "Necessity", "DropDuplicates"];

    private static readonly Dictionary<string, string> s_figures = new(StringComparer.Ordinal)
    {
        ["KCenter"] = "radius", ["ScoreFirst"] = "score", ["FacilityLocation"] = "gain", ["TagCoverage"] = "tagCount", ["PreExperience"] = "cluster",
    };

    private readonly JsonObject _run = JsonNode.Parse(File.ReadAllBytes(Path.Combine(output, OutputFolder.Manifest))) as JsonObject ?? [];

    /// <summary>The decision; null for a row that was never offered to the recipe.</summary>
    public RowDecision? Of(long row)
    {
        (List<long> ranks, long lines, JsonObject? first) = Chosen(row);
        IReadOnlyList<JsonObject> steps = _run.Objects("steps");
        if (ranks.Count > 0)
        {
            return new RowDecision { Output = output, Ranks = ranks, Selected = lines, Figures = Figures(first!), Passed = StepTrail.Passed(steps, steps.Count, i => IsSure(steps, i, first)) };
        }

        if (Dropped(row) is not { } dropped)
        {
            return null;
        }

        int step = StepTrail.Find(steps, dropped.Step, dropped.Reason);
        return new RowDecision
        {
            Output = output,
            Ranks = [],
            Selected = lines,
            Passed = StepTrail.Passed(steps, Math.Max(0, step), i => IsSure(steps, i, null)),
            Step = dropped.Step,
            Reason = dropped.Reason,
            Short = step < 0 ? null : Shortfall.Of(steps[step], dropped.Reason, row, pool),
        };
    }

    private (List<long> Ranks, long Lines, JsonObject? First) Chosen(long row)
    {
        byte[] needle = Encoding.UTF8.GetBytes(FormattableString.Invariant($"\"row\":{row},"));
        List<long> ranks = [];
        JsonObject? first = null;
        long rank = 0;
        foreach (ReadOnlyMemory<byte> line in LineBytes.Read(Path.Combine(output, SelectionWriter.FileName)))
        {
            token.ThrowIfCancellationRequested();
            // Inside a text the quotes would be escaped, so this is the row's own number.
            if (line.Span.IndexOf(needle) >= 0)
            {
                ranks.Add(rank);
                first ??= JsonNode.Parse(line.Span) as JsonObject;
            }

            rank++;
        }

        return (ranks, rank, first);
    }

    // A figure that only this step gives was given to rows that it kept; and what a filter refused is not drawn again, unless the recipe says from the whole pool.
    private bool IsSure(IReadOnlyList<JsonObject> steps, int step, JsonObject? line)
    {
        string kind = steps[step].Text("step");
        if (line is not null && s_figures.TryGetValue(kind, out string? figure) && steps.Count(s => s.Text("step") == kind) == 1 && double.IsFinite(line[figure].Number()))
        {
            return true;
        }

        // Keys are as the user wrote them, in any case.
        ILookup<string, string> settings = (_run["settings"] as JsonObject ?? []).ToLookup(s => s.Key, s => s.Value?.ToString() ?? "", StringComparer.OrdinalIgnoreCase);
        return s_filters.Contains(kind) && settings.Contains("Recipe:0:Step")
            && Enumerable.Range(step, steps.Count - step).All(i => settings[FormattableString.Invariant($"Recipe:{i}:Source")].All(source => source is "eligible" or "incoming"));
    }

    // What is no column of the pool is a step's.
    private Dictionary<string, double> Figures(JsonObject line) => line
        .Where(v => v.Key is not ("rank" or "row" or "id") && !pool.Has(v.Key) && double.IsFinite(v.Value.Number()))
        .ToDictionary(v => v.Key, v => v.Value.Number(), StringComparer.Ordinal);

    // The rows alone are read whole; words only from the row on that is meant.
    private (string Step, string Reason)? Dropped(long row)
    {
        string path = Path.Combine(output, DroppedWriter.FileName);
        int at = Array.IndexOf(((IntegerData)tables.Read(path, ["row"])[0].Data).Values, row);
        if (at < 0)
        {
            return null;
        }

        using JsonDocument found = JsonDocument.Parse(parquet.ReadRows(path, at, token).First()[0]);
        return (found.RootElement.GetProperty("step").GetString()!, found.RootElement.GetProperty("reason").GetString()!);
    }
}
