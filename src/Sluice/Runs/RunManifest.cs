using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Pool;

namespace Sluice.Runs;

/// <summary>Builds <c>run.json</c>: what was read, kept, dropped and why, each step's figures, models and settings, times.</summary>
internal static class RunManifest
{
    public static JsonObject Create(SelectReport select, PoolReader pool, AnnotateReport? annotate, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        RowCounts counts = select.Counts;
        long selected = select.Outcome.Distinct;
        long dropped = select.Outcome.Dropped.Count;
        return new JsonObject
        {
            ["sluice"] = typeof(RunManifest).Assembly.GetName().Version?.ToString(3),
            ["name"] = select.Name,
            ["finished"] = Now(time),
            ["pool"] = pool.Folder,
            ["rows"] = new JsonObject
            {
                ["read"] = counts.Read,
                ["annotated"] = counts.Annotated,
                ["duplicate"] = counts.Duplicate,
                ["rejected"] = counts.Rejected,
                ["duplicateExact"] = counts.Exact,
                ["duplicateNear"] = counts.Duplicate - counts.Exact,
                ["candidates"] = select.Outcome.Candidates,
                ["selected"] = selected,
                ["dropped"] = dropped,
                ["written"] = select.Outcome.Selected.Count,
            },
            ["waiting"] = select.Outcome.Waiting,
            ["equations"] = new JsonArray(
                Invariant($"read {counts.Read} = annotated {counts.Annotated} + duplicate {counts.Duplicate} + rejected {counts.Rejected}"),
                Invariant($"candidates {select.Outcome.Candidates} = selected {selected} + dropped {dropped}")),
            ["files"] = Files(pool),
            ["annotate"] = annotate is null ? null : Annotate(annotate),
            ["steps"] = new JsonArray([.. select.Outcome.Steps.Select(s => s.DeepClone())]),
            ["columns"] = new JsonArray([.. pool.Columns().Select(c => (JsonNode)new JsonObject
            {
                ["name"] = c.Name,
                ["kind"] = c.Kind.ToString(),
                ["width"] = c.Width == 0 ? null : c.Width,
                ["fingerprint"] = c.Fingerprint,
            })]),
            ["settings"] = new JsonObject(pool.Plan.Settings.Concat(settings).DistinctBy(s => s.Key).OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
            ["selectSeconds"] = Math.Round(select.Elapsed.TotalSeconds, 3),
            ["peakRssBytes"] = ProcessMemory.PeakResidentBytes(),
        };
    }

    /// <summary>Adds what is known only once the outputs are written.</summary>
    public static void Complete(JsonObject manifest, SelectReport select, IReadOnlyList<StoredFile> outputs, TimeProvider time)
    {
        manifest["finished"] = Now(time);
        manifest["selectSeconds"] = Math.Round(select.Elapsed.TotalSeconds, 3);
        manifest["peakRssBytes"] = ProcessMemory.PeakResidentBytes();
        manifest["outputs"] = Outputs(outputs);
    }

    /// <summary>The outputs with their digests, so that <c>verify</c> can tell whether they are still what the run wrote.</summary>
    public static JsonArray Outputs(IReadOnlyList<StoredFile> files) =>
        new([.. files.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["bytes"] = f.Bytes, ["sha256"] = f.Sha256 })]);

    private static string Now(TimeProvider time) => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private static JsonArray Files(PoolReader pool)
    {
        Dictionary<int, RowCounts> counts = pool.Records.SelectMany(r => r.Files).GroupBy(f => f.File)
            .ToDictionary(g => g.Key, g => g.Aggregate(default(RowCounts), static (a, f) => a + f.Counts));
        return new JsonArray([.. pool.Plan.Files.Select(f =>
        {
            RowCounts c = counts.GetValueOrDefault(f.Index);
            return (JsonNode)new JsonObject
            {
                ["name"] = f.Name,
                ["path"] = f.Path,
                ["label"] = f.Label,
                ["bytes"] = f.Bytes,
                ["sha256"] = f.Sha256,
                ["read"] = c.Read,
                ["annotated"] = c.Annotated,
                ["duplicate"] = c.Duplicate,
                ["rejected"] = c.Rejected,
                ["duplicateExact"] = c.Exact,
                ["duplicateNear"] = c.Duplicate - c.Exact,
            };
        })]);
    }

    private static JsonObject Annotate(AnnotateReport report) => new()
    {
        ["scored"] = report.Scored,
        ["rescored"] = report.Rescored,
        ["rescoredColumns"] = new JsonArray([.. report.RescoredColumns.Select(name => (JsonNode)name)]),
        ["unscored"] = report.Unscored,
        ["unscoredFirst"] = new JsonArray([.. report.UnscoredFirst.Select(text => (JsonNode)text)]),
        ["keptFromEarlierRun"] = report.Kept.Read,
        ["keptSegments"] = report.KeptSegments,
        ["redoneRows"] = report.Receipt?.RedoneRows ?? 0,
        ["secondsSaved"] = Math.Round(report.Receipt?.SecondsSaved ?? 0, 3),
        ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 3),
        ["rowsPerSecond"] = Math.Round((report.Counts.Read - report.Kept.Read) / Math.Max(1e-9, report.Elapsed.TotalSeconds), 1),
        ["providers"] = new JsonObject(report.Providers.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
        ["endpoints"] = new JsonObject(report.Asking.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)new JsonObject
        {
            ["asked"] = m.Asked,
            ["answered"] = m.Answered,
            ["fromJournal"] = m.FromJournal,
            ["fromFile"] = m.FromFile,
            ["retried"] = m.Retried,
            ["throttled"] = m.Throttled,
            ["failed"] = m.Failed,
            ["promptTokens"] = m.PromptTokens,
            ["completionTokens"] = m.CompletionTokens,
        }))),
        ["peakRssBytes"] = report.PeakRssBytes,
        ["peakRowsInFlight"] = report.PeakRowsInFlight,
        ["peakBytesInFlight"] = report.PeakBytesInFlight,
        ["stages"] = new JsonArray([.. report.Stages.Select(s => (JsonNode)new JsonObject
        {
            ["name"] = s.Name,
            ["rows"] = s.Rows,
            ["busySeconds"] = s.BusySeconds,
            ["workers"] = s.Workers,
            ["busyShare"] = s.BusyShare,
        })]),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
