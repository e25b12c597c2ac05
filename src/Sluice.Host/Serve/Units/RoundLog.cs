using System.Globalization;
using Sluice.Host.Serve.Metrics;
using Sluice.Host.Serve.State;
using Sluice.Pool;
using Sluice.Runs;

namespace Sluice.Host.Serve.Units;

/// <summary>Tells what a round of ingestion did: in the log, the history and the figures.</summary>
internal sealed class RoundLog(PhaseBoard board, RunHistory history, ServiceMetrics metrics)
{
    /// <summary>Tells of a round. False: it did nothing, and nothing is told.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="report">What the round did.</param>
    /// <param name="requests">Requests over HTTP that it committed.</param>
    /// <param name="segments">Segments of the pool by now.</param>
    /// <param name="started">When it began.</param>
    public bool Note(string pipeline, AnnotateReport report, int requests, int segments, DateTimeOffset started)
    {
        (RowCounts now, RowCounts kept) = (report.Counts, report.Kept);
        RowCounts made = new(now.Read - kept.Read, now.Annotated - kept.Annotated, now.Duplicate - kept.Duplicate, now.Rejected - kept.Rejected, now.Exact - kept.Exact);
        if (made.Read == 0 && report.Rescored == 0)
        {
            return false;
        }

        metrics.Round(pipeline, made, report.Elapsed, segments - report.KeptSegments);
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string text = made.Read == 0
            ? string.Create(invariant, $"scored {string.Join(", ", report.RescoredColumns)} of {report.Rescored:N0} rows again")
            : string.Create(invariant, $"read {made.Read:N0} = annotated {made.Annotated:N0} + duplicate {made.Duplicate:N0} + rejected {made.Rejected:N0}");
        history.Add(new RunState(requests > 0 ? "http" : "ingest", started, Math.Round(report.Elapsed.TotalSeconds, 3), true, made.Read, text));
        string of = requests == 0 ? "" : string.Create(invariant, $" {requests:N0} {(requests == 1 ? "request" : "requests")}");
        board.Say(string.Create(invariant, $"Ingested{of}: {text}; the pool holds {now.Annotated:N0} rows."));
        return true;
    }
}
