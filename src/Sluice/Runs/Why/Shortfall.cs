using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Why;

/// <summary>Says how far a dropped row was from being kept, from the step's own figures in <c>run.json</c> and the row's values.</summary>
internal static partial class Shortfall
{
    /// <summary>A sentence or two; null where a step's choice has no distance that could be told.</summary>
    /// <param name="step">The step's figures.</param>
    /// <param name="reason">The reason it gave.</param>
    /// <param name="row">The row.</param>
    /// <param name="pool">The pool.</param>
    public static string? Of(JsonObject step, string reason, long row, PoolReader pool)
    {
        string? far = step.Text("step") switch
        {
            "Threshold" or "Necessity" => Limit(step, Value(pool, step.Text("column"), row)),
            "Top" => Last(step.Text("column"), Value(pool, step.Text("column"), row), step.Number("lowestKept")),
            "ScoreFirst" => Similarity(step, reason) ?? Last("score", Read(Score().Match(reason), 1), step.Number("lowestScore")),
            "DropDuplicates" => Similarity(step, reason),
            "KCenter" when double.IsFinite(step.Number("radiusEnd")) => Invariant($"The last row chosen lay {step.Number("radiusEnd"):0.####} from all chosen before it; this one is no farther from a chosen row than that, so only a greater Count takes it."),
            "Proportions" => Share(step, pool, row),
            _ => null,
        };
        return far is null ? null : Invariant($"{far} The step kept {step.Count("out"):N0} of {step.Count("in"):N0} rows.");
    }

    private static string? Limit(JsonObject step, double value)
    {
        string limit = step.Text("limit");
        return double.IsFinite(value) && double.TryParse(limit.AsSpan(limit.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double at)
            ? Invariant($"The limit is {step.Text("column")} {limit}; it misses that by {Math.Abs(value - at):0.####}.")
            : null;
    }

    private static string? Last(string column, double value, double lowest) => double.IsFinite(value) && double.IsFinite(lowest)
        ? Invariant($"The last row kept has {column} {lowest:0.####}; it misses that by {lowest - value:0.####}.")
        : null;

    private static string? Similarity(JsonObject step, string reason)
    {
        double found = Read(Near().Match(reason), 1);
        double most = step.Number("maxSimilarity");
        return double.IsFinite(found) && double.IsFinite(most) ? Invariant($"At most {most:0.####} would have passed; it is {Math.Abs(found - most):0.####} beyond.") : null;
    }

    private static string? Share(JsonObject step, PoolReader pool, long row)
    {
        string column = step.Text("column");
        if (!pool.Has(column) || pool.Column(column) is not TextData categories || categories.Values[row] is not { } category)
        {
            return null;
        }

        double came = (step["countsBefore"] as JsonObject).Number(category);
        double kept = (step["counts"] as JsonObject).Number(category);
        return double.IsFinite(came) && double.IsFinite(kept) ? Invariant($"Of {category} {came:N0} rows came in and {kept:N0} are in the new mix.") : null;
    }

    private static double Value(PoolReader pool, string column, long row) => !pool.Has(column) ? double.NaN : pool.Column(column) switch
    {
        NumberData d => d.Values[row],
        IntegerData d => d.Values[row] == IntegerData.Missing ? double.NaN : d.Values[row],
        NumberListData d => d.Values[row] is { Length: > 0 } turns ? turns.Average() : double.NaN,
        _ => double.NaN,
    };

    private static double Read(Match match, int group) => match.Success ? double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) : double.NaN;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^score (-?[0-9.]+(?:E-?[0-9]+)?) ranks behind")]
    private static partial Regex Score();

    [GeneratedRegex(@"^(?:cosine|manhattan) (-?[0-9.]+) to row [0-9]+,")]
    private static partial Regex Near();
}
