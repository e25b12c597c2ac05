using System.Text.Json.Nodes;

namespace Sluice.Recipes;

/// <summary>What a step made of the rows that came in.</summary>
public sealed class StepResult
{
    /// <summary>The rows kept, in the order of their rank. Only a last step may keep a row several times.</summary>
    public required IReadOnlyList<long> Kept { get; init; }

    /// <summary>The rows that came in and were not kept, each with its reason.</summary>
    public required IReadOnlyList<Drop> Dropped { get; init; }

    /// <summary>The step's figures for <c>run.json</c>; nothing when the step has none.</summary>
    public JsonObject Figures { get; init; } = [];

    /// <summary>Figures a kept row: name to values aligned to <see cref="Kept"/>; they stand beside the row in <c>selection.jsonl</c>.</summary>
    public IReadOnlyDictionary<string, double[]> RowFigures { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Figures a rank: name to values aligned to <see cref="Kept"/>, of a last step that keeps rows several times; they stand on the rank's line of <c>selection.jsonl</c>.</summary>
    public IReadOnlyDictionary<string, double[]> RankFigures { get; init; } = new Dictionary<string, double[]>();

    /// <summary>When not null: the step needs something from outside first. The recipe ends before it, with what was chosen so far; the text says what comes next.</summary>
    public string? Waiting { get; init; }
}
