using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Pool;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Why;

/// <summary>A passport in sentences.</summary>
internal static class PassportText
{
    private const int MostText = 1000;

    /// <summary>The text, without a line break at its end.</summary>
    public static string Of(PassportReport row)
    {
        StringBuilder text = new();
        Say(text, $"{(row.Row is { } number ? $"Row {number} is {row.Id}" : $"{row.Id} is no row of the pool")}, read from {row.Path} at {(row.IsParquet ? "row index" : "byte")} {row.Offset}.");
        if (row.Label is not null)
        {
            Say(text, $"Its source is labelled '{row.Label}'.");
        }

        if (row.Replayed)
        {
            Say(text, $"It was rejected at first, mended, and fed back in by a replay.");
        }

        if (row.Rejected is { } rejected)
        {
            Say(text, $"It was rejected by the stage {rejected.Stage}: {rejected.Reason}");
            Say(text, $"It stands in rejects.jsonl of the work directory; mend it there and feed it back in with 'sluice replay DIR --fixed FILE'.");
        }

        Repeats(text, row);
        // A near repeat is found behind the models, an exact one before them.
        foreach (RowScore score in row.Repeats is null ? row.Scores : row.Scores.Where(s => s.Value is not null))
        {
            Score(text, score);
        }

        if (row.Decision is { } decision)
        {
            Decision(text, decision);
        }
        else if (row.Row is not null && row.Repeats is null)
        {
            Say(text, $"No output is known that was chosen from this pool, so there is no decision to tell.");
        }

        string raw = SafeText.Shorten(row.Text, MostText);
        return text.Append("The row: ").Append(raw).ToString();
    }

    private static void Repeats(StringBuilder text, PassportReport row)
    {
        if (row.Repeats is not { } of)
        {
            if (row.KnowsRepeats)
            {
                Say(text, $"It repeats no earlier row.");
            }

            return;
        }

        string how = of.Similarity >= 1
            ? "similarity 1: equal but for case, white space and the like, or all word runs are the same"
            : Invariant($"similarity {of.Similarity:0.####} of their word runs{(of.Limit is { } limit ? Invariant($", from {limit:0.####} on a row counts as a repeat") : "")}");
        Say(text, $"It repeats row {of.Row} ({of.Id}), {how}. So it is no candidate: repeated rows are not offered to the recipe.");
        if (of.Fate.Length > 0)
        {
            Say(text, $"The row it repeats is {of.Id}, {of.Fate}.");
        }
    }

    private static void Score(StringBuilder text, RowScore score)
    {
        string by = score.By.Length == 0 ? "" : $"  (by {(score.By.Length > 40 ? score.By[..40] + "…" : score.By)})";
        if (score.Value is null)
        {
            Say(text, $"{score.Column}: no value{by}");
            return;
        }

        Say(text, $"{score.Column} {Value(score.Value)}{Standing(score)}{by}");
    }

    private static string Value(JsonNode value) => value switch
    {
        JsonArray list => $"[{string.Join(", ", list.Select(v => v is null ? "" : Value(v)))}]",
        JsonObject vector => Invariant($"{vector.Count("width")} numbers, the first {vector.Number("first"):0.####}"),
        _ when double.IsFinite(value.Number()) && value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.Number().ToString("0.#####", CultureInfo.InvariantCulture),
        _ => $"'{value}'",
    };

    private static string Standing(RowScore score)
    {
        if (score.HigherThan is { } share)
        {
            string better = score.Column == PoolColumns.Quality ? "better" : "higher";
            return score.Of == 1 ? "" : share == 0 ? $", {(better == "better" ? "not better" : "not higher")} than any of the {Figures.Count(score.Of)} scored rows" : Invariant($", {better} than {Figures.Percent(share)} of the {score.Of:N0} scored rows");
        }

        return score.SameAs is { } same && score.Of > 1 ? Invariant($", as {Figures.Percent(same)} of the {score.Of:N0} rows with one") : "";
    }

    private static void Decision(StringBuilder text, RowDecision decision)
    {
        Say(text, $"In {decision.Output}:");
        foreach (PassedStep step in decision.Passed)
        {
            Say(text, $"It got through {step.Name}{(step.What.Length > 0 ? $" ({step.What})" : "")}, as {step.Out:N0} of {step.In:N0} rows did.");
        }

        if (decision.Ranks is [long rank, ..])
        {
            string figures = decision.Figures.Count == 0 ? "" : $", with {string.Join(", ", decision.Figures.Select(f => Invariant($"{f.Key} {f.Value:0.####}")))}";
            Say(text, $"It was selected, at rank {rank} (0-based) of {decision.Selected:N0}{figures}.");
            if (decision.Ranks.Count > 1)
            {
                Say(text, $"It is written {decision.Ranks.Count:N0} times, at ranks {string.Join(", ", decision.Ranks.Take(10))}{(decision.Ranks.Count > 10 ? ", …" : "")}.");
            }

            return;
        }

        Say(text, $"It was dropped by the step {decision.Step}: {decision.Reason}.");
        if (decision.Short is { } far)
        {
            Say(text, $"{far}");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Say(StringBuilder text, FormattableString sentence) => text.AppendLine(sentence.ToString(CultureInfo.InvariantCulture));
}
