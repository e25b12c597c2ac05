using System.Text.Json.Nodes;

namespace Sluice.Recipes;

/// <summary>What a whole recipe decided: every candidate is selected or dropped with the step and the reason.</summary>
public sealed class RecipeOutcome
{
    private long? _distinct;

    /// <summary>Rows the recipe started from.</summary>
    public required long Candidates { get; init; }

    /// <summary>The chosen rows, by rank; a curriculum holds each several times.</summary>
    public required IReadOnlyList<long> Selected { get; init; }

    /// <summary>The rows not chosen, by row: the step that dropped each, and why.</summary>
    public required IReadOnlyList<(long Row, string Step, string Reason)> Dropped { get; init; }

    /// <summary>The 0-based step that dropped each of <see cref="Dropped"/>, in its order, since two steps may share a name; empty where that is not known.</summary>
    public IReadOnlyList<int> DroppedAt { get; init; } = [];

    /// <summary>A step each: name, rows in and out, seconds and the step's own figures.</summary>
    public required IReadOnlyList<JsonObject> Steps { get; init; }

    /// <summary>Figures of the chosen rows: name to values by pool row.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<long, double>> RowFigures { get; init; }

    /// <summary>Figures of the ranks: name to values aligned to <see cref="Selected"/>.</summary>
    public IReadOnlyDictionary<string, double[]> RankFigures { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Different rows among <see cref="Selected"/>.</summary>
    public long Distinct { get => _distinct ??= Selected.Distinct().LongCount(); init => _distinct = value; }

    /// <summary>When not null: the recipe ended before its last step, and this says what it waits for.</summary>
    public string? Waiting { get; init; }
}
