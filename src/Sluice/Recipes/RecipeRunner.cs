using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Recipes;

/// <summary>Runs a recipe's steps over a pool's columns and accounts for every candidate.</summary>
internal sealed class RecipeRunner(IColumnSource columns, TimeProvider time)
{
    /// <summary>
    /// Runs the steps in order. Throws <see cref="RecipeException"/> when a step keeps nothing or cannot run; the message names the step.
    /// </summary>
    /// <param name="steps">The recipe.</param>
    /// <param name="candidates">Every annotated row of the pool, in source order.</param>
    /// <param name="progress">Told step number (from 0), what it does and its share done.</param>
    /// <param name="token">Stops between and inside steps.</param>
    public RecipeOutcome Run(IReadOnlyList<IRecipeStep> steps, IReadOnlyList<long> candidates, Action<int, string, double>? progress, CancellationToken token)
    {
        CheckColumns(steps);
        Dictionary<string, ColumnData> cache = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<long>> earlier = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<long, (int Step, string Reason)> dropped = [];
        HashSet<long> refused = [];
        Dictionary<string, IReadOnlyDictionary<long, double>> rowFigures = new(StringComparer.Ordinal);
        List<JsonObject> figures = [];
        IReadOnlyList<long> ranked = candidates;
        for (int i = 0; i < steps.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            IRecipeStep step = steps[i];
            int number = i;
            progress?.Invoke(i, step.Name, 0);
            long started = time.GetTimestamp();
            IReadOnlyList<long> eligible = refused.Count == 0 ? candidates : [.. candidates.Where(r => !refused.Contains(r))];
            StepContext context = new(columns, cache, ranked, candidates, eligible, earlier, (what, share) => progress?.Invoke(number, what, share));
            StepResult result = Apply(step, i, context, token);
            int before = ranked.Count;
            foreach (Drop drop in result.Dropped)
            {
                dropped[drop.Row] = (i, drop.Reason);
                if (step.IsFilter)
                {
                    refused.Add(drop.Row);
                }
            }

            foreach (long row in result.Kept)
            {
                dropped.Remove(row);
            }

            if (result.Kept.Count == 0)
            {
                string why = result.Dropped.Count > 0 ? $" For example row {result.Dropped[0].Row}: {result.Dropped[0].Reason}." : "";
                throw new RecipeException($"Step {i + 1} ({step.Name}) keeps none of the {before} rows that came in.{why} Loosen the step.");
            }

            foreach ((string name, double[] values) in result.RowFigures)
            {
                rowFigures[name] = result.Kept.Select((row, at) => (row, at)).ToDictionary(p => p.row, p => values[p.at]);
            }

            JsonObject entry = new() { ["step"] = step.Name, ["in"] = (long)before, ["out"] = (long)result.Kept.Count };
            foreach ((string name, JsonNode? value) in result.Figures)
            {
                entry[name] = value?.DeepClone();
            }

            entry["seconds"] = Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);
            figures.Add(entry);
            earlier[step.Name] = result.Kept;
            ranked = result.Kept;
            progress?.Invoke(i, step.Name, 1);
        }

        if (ranked.Count + dropped.Count != candidates.Count)
        {
            throw new InvalidOperationException($"Of {candidates.Count} candidates {ranked.Count} are selected and {dropped.Count} dropped. This is a bug.");
        }

        return new RecipeOutcome
        {
            Candidates = candidates.Count,
            Selected = ranked,
            Dropped = [.. dropped.OrderBy(d => d.Key).Select(d => (d.Key, $"{steps[d.Value.Step].Name}", d.Value.Reason))],
            DroppedAt = [.. dropped.OrderBy(d => d.Key).Select(d => d.Value.Step)],
            Steps = figures,
            RowFigures = rowFigures,
        };
    }

    private void CheckColumns(IReadOnlyList<IRecipeStep> steps)
    {
        foreach ((IRecipeStep step, int i) in steps.Select((s, i) => (s, i)))
        {
            foreach (string column in step.Columns)
            {
                if (!columns.Has(column))
                {
                    try
                    {
                        // The pool's own message lists what there is.
                        columns.Column(column);
                    }
                    catch (InvalidDataException exception)
                    {
                        throw new RecipeException($"Step {i + 1} ({step.Name}): {exception.Message}", exception);
                    }
                }
            }
        }
    }

    private static StepResult Apply(IRecipeStep step, int index, StepContext context, CancellationToken token)
    {
        try
        {
            return step.Apply(context, token);
        }
        catch (Exception exception) when (exception is RecipeException or InvalidDataException)
        {
            throw new RecipeException($"Step {index + 1} ({step.Name}): {exception.Message}", exception);
        }
    }
}
