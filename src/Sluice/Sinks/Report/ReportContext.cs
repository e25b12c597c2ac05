using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Sinks.Report.Facts;

namespace Sluice.Sinks.Report;

/// <summary>What the sections draw from.</summary>
internal sealed class ReportContext
{
    private string?[]? _categories;

    /// <summary>Works out every row's fate and every step's share in it.</summary>
    public ReportContext(JsonObject manifest, PoolReader pool, RecipeOutcome outcome)
    {
        Manifest = manifest;
        Pool = pool;
        Outcome = outcome;
        Fates = RowFates.Of(pool.Rows, outcome);
        Steps = StepFacts.Of(outcome, Fates);
        Columns = pool.Columns();
    }

    /// <summary>The run's manifest.</summary>
    public JsonObject Manifest { get; }

    /// <summary>Rows and columns.</summary>
    public PoolReader Pool { get; }

    /// <summary>What was chosen and dropped.</summary>
    public RecipeOutcome Outcome { get; }

    /// <summary>What became of each row.</summary>
    public RowFates Fates { get; }

    /// <summary>The recipe's steps.</summary>
    public IReadOnlyList<StepFacts> Steps { get; }

    /// <summary>The pool's columns.</summary>
    public IReadOnlyList<StoredColumn> Columns { get; }

    /// <summary>Column of categories: the one that the Proportions step balanced, or the fixed one; null when the pool has none.</summary>
    public string? CategoryColumn
    {
        get
        {
            string balanced = Steps.LastOrDefault(s => s.Name == "Proportions")?.Figures.Text("column") ?? "";
            string name = balanced.Length > 0 ? balanced : PoolColumns.Category;
            return Columns.Any(c => c.Name == name && c.Kind is ColumnKind.Text or ColumnKind.Integer) ? name : null;
        }
    }

    /// <summary>Each row's category, read once; null when the pool has none.</summary>
    public string?[]? Categories() => _categories ??= CategoryColumn is not { } name ? null : Pool.Column(name) switch
    {
        TextData texts => texts.Values,
        IntegerData integers => Array.ConvertAll(integers.Values, static v => v == IntegerData.Missing ? null : Figures.Row(v)),
        _ => null,
    };
}
