using Sluice.Recipes.Iteration;

namespace Sluice.Recipes.Steps;

/// <summary>
/// Picks rows that are hard for the model and say something new: IterIT (arXiv 2412.17365), epoch 0. With a state directory, <c>sluice iterate</c> and the loop of
/// <c>sluice run</c> pick again from new scores; the step then answers with the newest epoch's selection for as long as what it began with is unchanged.
/// </summary>
internal sealed class IfdStep : IRecipeStep
{
    private readonly IfdStepOptions _options;
    private readonly string? _state;

    private IfdStep(IfdStepOptions options, string? state)
    {
        _options = options;
        _state = state;
    }

    /// <inheritdoc/>
    public string Name => "Ifd";

    /// <inheritdoc/>
    public bool IsFilter => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => [_options.Column];

    /// <summary>The column of scores.</summary>
    public string Column => _options.Column;

    /// <summary>The state directory; null when nothing is kept.</summary>
    public string? State => _state;

    public static IfdStep Create(StepReading reading)
    {
        IfdStepOptions options = reading.Options<IfdStepOptions>();
        reading.Require(nameof(options.Column), options.Column);
        return new IfdStep(options, options.State.Length > 0 ? Path.GetFullPath(Path.Combine(reading.BaseFolder, options.State)) : null);
    }

    /// <summary>The step with another state directory.</summary>
    public IfdStep At(string state) => new(_options, state);

    /// <inheritdoc/>
    public StepResult Apply(StepContext context, CancellationToken token)
    {
        // Row order: 'original order' and ties go by the row, whatever order an earlier step gave.
        long[] rows = [.. context.Incoming.Order()];
        double[] column = context.Numbers(_options.Column);
        double[] scores = [.. rows.Select(row => column[row])];
        IterationSettings settings = IterationSettings.Of(_options);
        IterationStore? store = _state is null ? null : new IterationStore(_state);
        if (store?.Latest() is { } kept)
        {
            List<string> changed = Changed(kept, settings, context, rows, scores);
            if (changed.Count == 0)
            {
                return IterationResult.Of(kept, context.Incoming);
            }

            if (kept.Epoch > 0)
            {
                throw new RecipeException(
                    $"The state in {_state} is at epoch {kept.Epoch} and began with {string.Join("; ", changed)}. Undo the change, name another directory as State, or delete that one to begin again.");
            }
        }

        IterationState state = new IterationRounds(context.Answers, (picked, of) => context.Progress($"{Name}, {picked:N0} of {of:N0} picked", (double)picked / of))
            .Begin(settings, context.PoolFolder, context.PoolIdentity, rows, scores, token);
        store?.Keep(state);
        return IterationResult.Of(state, context.Incoming);
    }

    private static List<string> Changed(IterationState kept, IterationSettings now, StepContext context, long[] rows, double[] scores)
    {
        List<string> changed = [];
        if (kept.Settings != now)
        {
            changed.Add($"other options ({kept.Settings}, found {now})");
        }

        if (kept.Identity != context.PoolIdentity)
        {
            changed.Add($"another pool ({kept.Pool})");
        }

        if (!kept.Rows.AsSpan().SequenceEqual(rows))
        {
            changed.Add($"{kept.Rows.Length} rows, of which {kept.Rows.Intersect(rows).Count()} are among the {rows.Length} that came in");
        }
        else if (kept.FirstScores != IterationState.Digest(scores))
        {
            changed.Add($"other values in column {now.Column}");
        }

        return changed;
    }
}
