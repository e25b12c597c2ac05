using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Endpoints;
using Sluice.Pool;
using Sluice.Runs;

namespace Sluice.Host.Display;

/// <summary>The last words of a run: what went in, what came out, how long it took and where to look.</summary>
internal static class RunSummary
{
    private const int Bar = 28;

    /// <param name="to">Where.</param>
    /// <param name="annotate">What the annotate half did; null when only the select half ran.</param>
    /// <param name="select">What the select half did.</param>
    /// <param name="work">The work directory, which says of rejected rows why; null where it is not this run's.</param>
    public static void Print(TextWriter to, AnnotateReport? annotate, SelectReport select, string? work = null)
    {
        to.WriteLine();
        to.WriteLine($"  {select.Name}");
        Funnel(to, select);
        if (annotate is not null)
        {
            Annotate(to, annotate);
        }

        RowCounts counts = select.Counts;
        to.WriteLine();
        Line(to, $"read {counts.Read:N0} = annotated {counts.Annotated:N0} + duplicate {counts.Duplicate:N0} + rejected {counts.Rejected:N0}");
        Line(to, $"candidates {select.Outcome.Candidates:N0} = selected {select.Outcome.Distinct:N0} + dropped {select.Outcome.Dropped.Count:N0}");
        if (select.Outcome.Selected.Count != select.Outcome.Distinct)
        {
            Line(to, $"written {select.Outcome.Selected.Count:N0} lines: rows stand several times, in the order to train in, without shuffling");
        }

        if (select.Outcome.Waiting is { } waiting)
        {
            to.WriteLine();
            Line(to, $"WAITING. {waiting}");
        }

        to.WriteLine();
        string home = Path.GetRelativePath(Environment.CurrentDirectory, select.OutPath);
        Line(to, $"selection decided in {Seconds(select.Elapsed)}, peak memory {ProcessMemory.PeakResidentBytes() / 1048576.0:N0} MiB");
        Line(to, $"{home}/report.html    look at it");
        Line(to, $"{home}/selected.*     train on it");
        if (work is not null && counts.Rejected > 0)
        {
            Line(to, $"{Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(work, RejectsFile.FileName))}    why {counts.Rejected:N0} rows could not be used");
        }

        Line(to, $"sluice why {home} {select.Outcome.Selected[0]}    ask why a row is in or out");
        to.WriteLine();
    }

    private static void Funnel(TextWriter to, SelectReport select)
    {
        long top = Math.Max(1, select.Counts.Read);
        Row(to, "read", select.Counts.Read, top, "");
        Row(to, "candidates", select.Outcome.Candidates, top, string.Create(CultureInfo.InvariantCulture,
            $"{select.Counts.Exact:N0} repeat an earlier row, {select.Counts.Duplicate - select.Counts.Exact:N0} nearly do, {select.Counts.Rejected:N0} rejected"));
        foreach (JsonObject step in select.Outcome.Steps)
        {
            Row(to, (string?)step["as"] ?? (string)step["step"]!, (long)step["out"]!, top, Note(step));
        }
    }

    private static string Note(JsonObject step)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return (string?)step["step"] switch
        {
            "Threshold" => $"{step["column"]} {step["limit"]}",
            "Top" => $"best by {step["column"]}",
            _ when step["waiting"] is not null => "waits; see below",
            "KCenter" when step["radiusEnd"] is JsonValue radius => string.Create(invariant, $"every row within {(double)radius:0.###} of a chosen one (no choice can beat {(double)step["lowerBound"]!:0.###})"),
            "Ifd" when step["picked"] is not null => string.Create(invariant, $"epoch {step["epoch"]}, {Of(step, "ineligible"):N0} not eligible, {(long)step["window"]!:N0} to score again"),
            "Proportions" when step["objective"] is JsonValue objective => string.Create(invariant, $"mix worth {(double)objective:0.####}, before {(double?)step["objectiveBefore"] ?? double.NaN:0.####}"),
            "ScoreFirst" => string.Create(invariant, $"by complexity x quality; {Of(step, "tooSimilar"):N0} of {Of(step, "scanned"):N0} looked at were too similar"),
            "DropDuplicates" => string.Create(invariant, $"{Of(step, "dropped"):N0} more alike than {Of(step, "maxSimilarity"):0.###}"),
            "FacilityLocation" => string.Create(invariant, $"a row is {Of(step, "meanSimilarity"):0.####} like the nearest chosen one on average"),
            "PreExperience" => $"from the middle of {step["clusters"]} clusters",
            "TagCoverage" => string.Create(invariant, $"{Of(step, "coverage"):P1} of {Of(step, "tags"):N0} tags in {step["rounds"]} rounds"),
            "Necessity" => $"{step["column"]} {step["limit"]}",
            "Merge" => $"{step["repeated"]} stood in more than one",
            "Ifd" => string.Create(invariant, $"epoch {step["epoch"]}; {Of(step, "ineligible"):N0} not eligible"),
            "Curriculum" => string.Create(invariant, $"three epochs; {Of(step, "shift"):N0} rows earlier, as many later"),
            _ => "",
        };
    }

    // A figure's own type is the step's affair.
    private static double Of(JsonObject step, string figure) => step[figure] is { } value ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : double.NaN;

    private static void Annotate(TextWriter to, AnnotateReport annotate)
    {
        to.WriteLine();
        foreach (EndpointMeter asking in annotate.Asking)
        {
            Line(to, $"{asking.Name}: {asking.Asked:N0} questions asked, {asking.Answered:N0} answered, {asking.Failed:N0} failed; {asking.FromJournal + asking.FromFile:N0} answers were there{(asking.CompletionTokens > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {asking.PromptTokens:N0} tokens read, {asking.CompletionTokens:N0} written") : "")}");
        }

        if (annotate.Rescored > 0)
        {
            Line(to, $"scored {string.Join(", ", annotate.RescoredColumns)} of {annotate.Rescored:N0} kept rows, as it was not there or by another model; all else is kept");
            if (annotate.Counts.Read == annotate.Kept.Read)
            {
                return;
            }
        }

        if (annotate.Counts.Read == annotate.Kept.Read)
        {
            Line(to, $"scored nothing again: all {annotate.Kept.Read:N0} rows were scored by an earlier run");
            return;
        }

        long read = annotate.Counts.Read - annotate.Kept.Read;
        Line(to, $"scored {annotate.Scored:N0} rows in {Seconds(annotate.Elapsed)}, {read / Math.Max(0.001, annotate.Elapsed.TotalSeconds):N0} rows/s read{(annotate.Kept.Read > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {annotate.Kept.Read:N0} kept from an earlier run") : "")}");
        StageFigures? busiest = annotate.Stages.MaxBy(s => s.BusyShare / s.Workers);
        if (busiest is not null)
        {
            Line(to, $"busiest stage: {busiest.Name}, at work {busiest.BusyShare / busiest.Workers:P0} of the time");
        }
    }

    private static void Row(TextWriter to, string name, long rows, long top, string note)
    {
        int filled = (int)Math.Clamp(Math.Round((double)rows / top * Bar), rows > 0 ? 1 : 0, Bar);
        Line(to, $"{name,-16} {new string('█', filled)}{new string('·', Bar - filled)} {rows,11:N0}   {note}");
    }

    private static string Seconds(TimeSpan time) => time.TotalMinutes >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static void Line(TextWriter to, FormattableString text) => to.WriteLine(("  " + text.ToString(CultureInfo.InvariantCulture)).TrimEnd());
}
