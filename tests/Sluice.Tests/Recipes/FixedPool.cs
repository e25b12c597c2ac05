using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Selection.Tagging;

namespace Sluice.Tests.Recipes;

/// <summary>A pool in memory: columns by name, one matrix under <c>embedding</c>, the answers of its rows.</summary>
internal sealed class FixedPool : IColumnSource, IRowTexts
{
    public required long Rows { get; init; }

    public Dictionary<string, ColumnData> Columns { get; init; } = [];

    public VectorData? Embedding { get; init; }

    public string[] Answer { get; init; } = [];

    public ITagVectors? TagVectors { get; init; }

    public static FixedPool OfScores(params double[] score) => new() { Rows = score.Length, Columns = { ["score"] = new NumberData(score) } };

    public ColumnData Column(string name) => Columns.TryGetValue(name, out ColumnData? data) ? data : throw new InvalidDataException($"The pool has no column '{name}'.");

    public bool Has(string name) => Columns.ContainsKey(name) || (name == "embedding" && Embedding is not null);

    public VectorData Vectors(string name, IReadOnlyList<long> rows) =>
        new([.. rows.SelectMany(r => Embedding!.Values[(int)(r * Embedding.Width)..(int)((r + 1) * Embedding.Width)])], Embedding!.Width);

    public string[] Answers(IReadOnlyList<long> rows, CancellationToken token) => [.. rows.Select(r => Answer[r])];

    /// <summary>Runs a recipe on all rows.</summary>
    public RecipeOutcome Run(params IRecipeStep[] steps) => Run([.. Enumerable.Range(0, (int)Rows).Select(r => (long)r)], steps);

    /// <summary>Runs a recipe on some rows.</summary>
    public RecipeOutcome Run(IReadOnlyList<long> candidates, params IRecipeStep[] steps) => new RecipeRunner(this, this, TimeProvider.System) { TagVectors = TagVectors }.Run(steps, candidates, null, default);
}
