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
    private readonly RowDrops _dropped;
    private RowSet? _refused;
    private readonly Dictionary<string, IReadOnlyDictionary<long, double>> _rowFigures = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, double[]> _rankFigures = new Dictionary<string, double[]>();

    public RecipeProgress(IColumnSource columns, IRowTexts texts, IReadOnlyList<long> candidates)
    {
        _columns = columns;
        _texts = texts;
        _candidates = candidates;
        _dropped = new RowDrops(columns.Rows);
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
        RowSet? refused = _refused;
        Lazy<IReadOnlyList<long>> eligible = new(() => refused is null ? _candidates : [.. _candidates.Where(r => !refused.Contains(r))]);
        return new StepContext(_columns, _texts, _cache, incoming, _candidates, eligible, _answers, progress) { TagVectors = TagVectors };
    }

    /// <summary>Takes a step's answer.</summary>
    public void Take(IRecipeStep step, IReadOnlyList<long> incoming, StepResult result)
    {
        _dropped.Begin(result.Dropped, $"this step starts again from '{(step as PlacedStep)?.From}', which does not hold it");
        if (!ReferenceEquals(incoming, Ranked))
        {
            RowSet came = new RowSet(_columns.Rows).With(incoming);
            foreach (long row in Ranked)
            {
                if (!came.Contains(row))
                {
                    _dropped.Restart(row);
                }
            }
        }

        for (int i = 0; i < result.Dropped.Count; i++)
        {
            long row = DropList.RowAt(result.Dropped, i);
            _dropped.Drop(row, i);
            if (step.IsFilter)
            {
                (_refused ??= new RowSet(_columns.Rows)).Add(row);
            }
        }

        foreach (long row in result.Kept)
        {
            _dropped.Keep(row);
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
        long distinct = new RowSet(_columns.Rows).With(Ranked).Count;
        if (distinct + _dropped.Count != _candidates.Count)
        {
            throw new InvalidOperationException($"Of {_candidates.Count} candidates {distinct} are selected and {_dropped.Count} dropped. This is a bug.");
        }

        DroppedRows dropped = new(_dropped, [.. steps.Select(s => s.Name)]);
        return new RecipeOutcome
        {
            Candidates = _candidates.Count,
            Selected = Ranked,
            Distinct = distinct,
            Dropped = dropped,
            DroppedAt = dropped.Steps,
            Steps = Figures,
            RowFigures = _rowFigures,
            RankFigures = _rankFigures,
            Waiting = Waiting,
        };
    }
}
