using System.Globalization;
using System.Text;
using Sluice.Sinks.Diff;
using Sluice.Sinks.Report;

namespace Sluice.Host.Display;

/// <summary>A comparison for people: about a screen of aligned lines, what matters most first.</summary>
internal static class DiffText
{
    private const int Bar = 28;
    private const int MostSettings = 8;
    private const int MostShares = 6;
    private const int MostScores = 5;
    private const int MostReasons = 4;
    private const int Width = 150;

    /// <summary>The text, without a line break at its end.</summary>
    public static string Of(DiffReport report)
    {
        StringBuilder text = new();
        text.AppendLine();
        Side(text, "first", report.Before);
        Side(text, "second", report.After);
        foreach (string note in report.Notes)
        {
            Line(text, $"! {note}");
        }

        text.AppendLine();
        if (report.Identical)
        {
            Line(text, $"Identical: both hold the same {report.Stayed:N0} rows in the same order.");
            Settings(text, report.Settings);
            return text.ToString().TrimEnd();
        }

        Rows(text, report);
        Settings(text, report.Settings);
        foreach (MixShift mix in report.Mix.Where(m => m.Shares.Count > 1 || m.TotalVariation > 0))
        {
            Mix(text, mix);
        }

        Scores(text, report.Scores);
        Moved(text, "entered", report.Entered, report.WhyEntered, report.RowsEntered);
        Moved(text, "left", report.Left, report.WhyLeft, report.RowsLeft);
        return text.ToString().TrimEnd();
    }

    private static void Side(StringBuilder text, string which, DiffSide side) => Line(text,
        $"{which,-8} {side.Path}  ({side.Name}: {side.Selected:N0} of {side.Candidates:N0} candidates; {string.Join(" ▸ ", side.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Rows:N0}")))})");

    private static void Rows(StringBuilder text, DiffReport report)
    {
        long whole = Math.Max(1, Math.Max(report.Before.Selected, report.After.Selected));
        string moved = report.Ranks is not { } ranks ? ""
            : ranks.Largest == 0 ? "each at the rank it had"
            : string.Create(CultureInfo.InvariantCulture, $"{ranks.Same:N0} at the rank they had; moved by {ranks.Median:#,0.#} ranks at the median, {ranks.Largest:N0} at most ({ranks.LargestId})");
        Row(text, "stayed", report.Stayed, whole, moved);
        Row(text, "entered", report.Entered, whole, $"{Figures.Percent(report.Entered, report.After.Selected)} of the second");
        Row(text, "left", report.Left, whole, $"{Figures.Percent(report.Left, report.Before.Selected)} of the first");
        if (report.DoubtfulBefore + report.DoubtfulAfter > 0)
        {
            Line(text, $"{"unknown",-16} {report.DoubtfulBefore:N0} of the first and {report.DoubtfulAfter:N0} of the second cannot be compared by their ids");
        }
    }

    private static void Row(StringBuilder text, string name, long rows, long whole, string note)
    {
        int filled = (int)Math.Clamp(Math.Round((double)rows / whole * Bar), rows > 0 ? 1 : 0, Bar);
        Line(text, $"{name,-16} {new string('█', filled)}{new string('·', Bar - filled)} {rows,11:N0}   {note}");
    }

    private static void Settings(StringBuilder text, IReadOnlyList<DiffSetting> settings)
    {
        text.AppendLine();
        if (settings.Count == 0)
        {
            Line(text, $"The same settings, recipe, models and inputs.");
            return;
        }

        int width = settings.Take(MostSettings).Max(s => s.Key.Length);
        foreach (DiffSetting setting in settings.Take(MostSettings))
        {
            Line(text, $"{setting.Key.PadRight(width)}   {Short(setting.Before)} → {Short(setting.After)}");
        }

        More(text, settings.Count - MostSettings, "settings differ");
    }

    private static void Mix(StringBuilder text, MixShift mix)
    {
        MixShare[] moved = [.. mix.Shares.Where(s => s.Points != 0)];
        text.AppendLine();
        Line(text, $"{mix.Column,-30} {"first",9} {"second",9} {"moved",11}   {Figures.Percent(mix.TotalVariation)} of the rows in all");
        foreach (MixShare share in moved.Take(MostShares))
        {
            Line(text, $"{SafeText.Shorten(share.Name, 30),-30} {Figures.Percent(share.ShareBefore),9} {Figures.Percent(share.ShareAfter),9} {Figures.Points(share.ShareAfter - share.ShareBefore),11}   {share.Before:N0} → {share.After:N0} rows");
        }

        More(text, moved.Length - MostShares, "moved less");
    }

    private static void Scores(StringBuilder text, IReadOnlyList<ScoreShift> scores)
    {
        if (scores.Count == 0)
        {
            return;
        }

        text.AppendLine();
        Line(text, $"{"score",-30} {"mean",9} {"",9} {"",11}   median");
        foreach (ScoreShift score in scores.Take(MostScores))
        {
            (double from, double to) = (score.Before.Mean ?? double.NaN, score.After.Mean ?? double.NaN);
            Line(text, $"{SafeText.Shorten(score.Column, 30),-30} {Figures.Number(from),9} {Figures.Number(to),9} {to - from,11:+0.####;-0.####;0}   {Figures.Number(score.Before.Median ?? double.NaN)} → {Figures.Number(score.After.Median ?? double.NaN)}");
        }

        More(text, scores.Count - MostScores, "scores");
    }

    private static void Moved(StringBuilder text, string what, long count, IReadOnlyList<DiffReason> why, IReadOnlyList<DiffRow> rows)
    {
        if (count == 0)
        {
            return;
        }

        text.AppendLine();
        Line(text, $"{count:N0} {what}; the other does not hold them because");
        foreach (DiffReason reason in why.Take(MostReasons))
        {
            Line(text, $"{reason.Rows,11:N0} × {Cut($"{(reason.Step.Length > 0 ? reason.Step + ": " : "")}{reason.Reason}", Width - 16)}");
        }

        More(text, why.Count - MostReasons, "reasons");
        foreach (DiffRow row in rows)
        {
            Line(text, $"{Cut($"{row.Id}  rank {row.Rank}  {row.In}  {row.Text}", Width)}");
            Line(text, $"    {Cut(row.Out, Width - 4)}");
        }
    }

    private static void More(StringBuilder text, int count, string what)
    {
        if (count > 0)
        {
            Line(text, $"… {count:N0} more {what}; --html and --json show them all");
        }
    }

    private static string Short(string? value) => value is null ? "(none)" : SafeText.Shorten(value, 60);

    private static string Cut(string text, int length) => SafeText.Shorten(SafeText.Clean(text).ReplaceLineEndings(" "), length);

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(("  " + line.ToString(CultureInfo.InvariantCulture)).TrimEnd());
}
