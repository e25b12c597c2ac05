using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes;

/// <summary>Runs a recipe's steps over a pool's columns and accounts for every candidate.</summary>
/// <param name="columns">The pool's columns.</param>
/// <param name="texts">What was said in the rows, for steps that read words.</param>
/// <param name="time">Measures the steps.</param>
internal sealed class RecipeRunner(IColumnSource columns, IRowTexts texts, TimeProvider time)
{
    /// <summary>Gives tags their meaning, for steps that compare tags; null when there is no model for it.</summary>
    public ITagVectors? TagVectors { get; init; }

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
        RecipeProgress state = new(columns, texts, candidates) { TagVectors = TagVectors };
        for (int i = 0; i < steps.Count; i++)
        {
            token.ThrowIfCancellationRequested();
            IRecipeStep step = steps[i];
            int number = i;
            progress?.Invoke(i, step.Name, 0);
            long started = time.GetTimestamp();
            IReadOnlyList<long> incoming = state.Incoming(step);
            StepResult result = Apply(step, i, state.Context(incoming, (what, share) => progress?.Invoke(number, what, share)), token);
            JsonObject entry = new() { ["step"] = step.Name, ["in"] = (long)incoming.Count };
            if (step is PlacedStep placed)
            {
                entry["as"] = placed.Label;
                entry["from"] = placed.From.Length > 0 ? placed.From : null;
            }

            if (result.Waiting is { } waiting)
            {
                entry["out"] = (long)state.Ranked.Count;
                entry["waiting"] = waiting;
                state.Figures.Add(entry);
                state.Waiting = waiting;
                break;
            }

            if (result.Kept.Count == 0)
            {
                string why = result.Dropped.Count > 0 ? $" For example row {result.Dropped[0].Row}: {result.Dropped[0].Reason}." : "";
                throw new RecipeException($"Step {i + 1} ({step.Name}) keeps none of the {incoming.Count} rows that came in.{why} Loosen the step.");
            }

            state.Take(step, incoming, result);
            entry["out"] = (long)result.Kept.Count;
            foreach ((string name, JsonNode? value) in result.Figures)
            {
                entry[name] = value?.DeepClone();
            }

            entry["seconds"] = Math.Round(time.GetElapsedTime(started).TotalSeconds, 3);
            state.Figures.Add(entry);
            progress?.Invoke(i, step.Name, 1);
        }

        return state.Outcome(steps);
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
