using Sluice.Recipes.Steps;
using Sluice.Selection.Iterative;

namespace Sluice.Recipes.Iteration;

/// <summary>The options that decide every epoch of an iteration: <see cref="IfdStepOptions"/> but for its place.</summary>
internal sealed record IterationSettings
{
    public required string Column { get; init; }

    public required double Ratio { get; init; }

    public required int UpdateRatio { get; init; }

    public required string Score { get; init; }

    public required double Decay { get; init; }

    public required string Suffix { get; init; }

    public required bool Bf16 { get; init; }

    public static IterationSettings Of(IfdStepOptions options) => new()
    {
        Column = options.Column,
        Ratio = options.Ratio,
        UpdateRatio = options.UpdateRatio,
        Score = options.Score,
        Decay = options.Decay,
        Suffix = options.Suffix,
        Bf16 = options.Bf16,
    };

    /// <summary>Rows to pick out of so many: K.</summary>
    public int Count(int rows) => (int)Math.Clamp(Math.Floor(Ratio <= 1 ? rows * Ratio : Ratio), 1, Math.Max(1, rows));

    /// <summary>Rows at the front of the order that are scored again.</summary>
    public int Window(int rows) => UpdateRatio <= 1 ? rows : (int)Math.Min(rows, (long)Count(rows) * UpdateRatio);

    /// <summary>The options of one update.</summary>
    public IterativeOptions Options(int rows) => new() { Count = Count(rows), Diversity = Score == "both", Decay = Decay, Suffix = Suffix, Bf16 = Bf16 };
}
