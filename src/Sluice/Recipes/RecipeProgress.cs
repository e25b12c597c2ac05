using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes;

/// <summary>Where a recipe stands between two steps: the rows chosen so far, who dropped the others and why, and what each step kept.</summary>
internal sealed class RecipeProgress
{
    private readonly IColumnSource _columns;
    private readonly IRowTexts _texts;
    private readonly IReadOnlyList<long> _candidates;
    private readonly Dictionary<string, ColumnData> _cache = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<long>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, (int Step, string Reason)> _dropped = [];
    private readonly HashSet<long> _refused = [];
    private readonly Dictionary<string, IReadOnlyDictionary<long, double>> _rowFigures = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, double[]> _rankFigures = new Dictionary<string, double[]>();

    public RecipeProgress(IColumnSource columns, IRowTexts texts, IReadOnlyList<long> candidates)
    {
        _columns = columns;
        _texts = texts;
        _candidates = candidates;
        _answers[StepCatalog.Everything] = candidates;
        Ranked = candidates;
    }

    /// <summary>Gives tags their meaning; null when there is no model for it.</summary>
    public ITagVectors? TagVectors { get; init; }

    /// <summary>The rows chosen so far, by rank.</summary>
    public IReadOnlyList<long> Ranked { get; private set; }

    /// <summary>A step each: its figures.</summary>
    public List<JsonObject> Figures { get; } = [];

    /// <summary>What the recipe waits for, once a step has said so.</summary>
    public string? Waiting { get; set; }

    /// <summary>The rows that come into a step: those of the step before, or of the one it names.</summary>
    public IReadOnlyList<long> Incoming(IRecipeStep step) => step is PlacedStep { From.Length: > 0 } placed ? _answers[placed.From] : Ranked;

    /// <summary>What a step sees.</summary>
    public StepContext Context(IReadOnlyList<long> incoming, Action<string, double> progress)
    {
        IReadOnlyList<long> eligible = _refused.Count == 0 ? _candidates : [.. _candidates.Where(r => !_refused.Contains(r))];
        return new StepContext(_columns, _texts, _cache, incoming, _candidates, eligible, _answers, progress) { TagVectors = TagVectors };
    }

    /// <summary>Takes a step's answer.</summary>
    public void Take(int number, IRecipeStep step, IReadOnlyList<long> incoming, StepResult result)
    {
        if (!ReferenceEquals(incoming, Ranked))
        {
            string from = ((PlacedStep)step).From;
            HashSet<long> came = [.. incoming];
            foreach (long row in Ranked)
            {
                if (!came.Contains(row))
                {
                    _dropped[row] = (number, $"this step starts again from '{from}', which does not hold it");
                }
            }
        }

        foreach (Drop drop in result.Dropped)
        {
            _dropped[drop.Row] = (number, drop.Reason);
            if (step.IsFilter)
            {
                _refused.Add(drop.Row);
            }
        }

        foreach (long row in result.Kept)
        {
            _dropped.Remove(row);
        }

        foreach ((string name, double[] values) in result.RowFigures)
        {
            _rowFigures[name] = result.Kept.Select((row, at) => (row, at)).ToDictionary(p => p.row, p => values[p.at]);
        }

        _rankFigures = result.RankFigures;
        _answers[step is PlacedStep placed ? placed.Label : step.Name] = result.Kept;
        Ranked = result.Kept;
    }

    /// <summary>What the recipe decided.</summary>
    public RecipeOutcome Outcome(IReadOnlyList<IRecipeStep> steps)
    {
        long distinct = Ranked.Distinct().LongCount();
        if (distinct + _dropped.Count != _candidates.Count)
        {
            throw new InvalidOperationException($"Of {_candidates.Count} candidates {distinct} are selected and {_dropped.Count} dropped. This is a bug.");
        }

        return new RecipeOutcome
        {
            Candidates = _candidates.Count,
            Selected = Ranked,
            Dropped = [.. _dropped.OrderBy(d => d.Key).Select(d => (d.Key, steps[d.Value.Step].Name, d.Value.Reason))],
            DroppedAt = [.. _dropped.OrderBy(d => d.Key).Select(d => d.Value.Step)],
            Steps = Figures,
            RowFigures = _rowFigures,
            RankFigures = _rankFigures,
            Waiting = Waiting,
        };
    }
}
