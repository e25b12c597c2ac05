using System.Diagnostics;
using System.Text.Json.Nodes;
using Sluice.Diagnostics;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Recipes;
using Sluice.Records;
using Sluice.Selection.Tagging;
using Sluice.Sinks;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>The select half: reads only the pool, decides, writes the outputs.</summary>
internal sealed class SelectRun(
    ITableFiles tables, IRowParser parser, FlowOptions flow, IReportWriter report, PoolDisk disk, TimeProvider time, IRunDisplay display, ITagVectors tagVectors)
{
    /// <summary>Runs a recipe on a pool and writes the output directory.</summary>
    /// <param name="name">Name of the run, for the manifest and the report.</param>
    /// <param name="poolPath">The pool or its work directory.</param>
    /// <param name="steps">The recipe.</param>
    /// <param name="outPath">The output directory.</param>
    /// <param name="format">How chosen rows are written.</param>
    /// <param name="annotate">What the annotate half of this run did; null when only the select half runs.</param>
    /// <param name="settings">The resolved configuration, for the manifest.</param>
    /// <param name="token">Stops the run; nothing is published then.</param>
    public SelectReport Run(
        string name, string poolPath, IReadOnlyList<IRecipeStep> steps, string outPath, OutputFormat format, AnnotateReport? annotate,
        IReadOnlyDictionary<string, string> settings, CancellationToken token)
    {
        using Activity? activity = Telemetry.Source.StartActivity(Telemetry.Selection);
        long started = time.GetTimestamp();
        using PoolReader pool = PoolReader.Open(poolPath, tables);
        PoolVerifier.CheckSizes(pool.Folder, pool.Records);
        IReadOnlyList<long> candidates = Candidates(pool);
        if (candidates.Count == 0)
        {
            throw new RecipeException($"The pool {pool.Folder} holds no annotated row, so there is nothing to select from. {RejectHint(pool)}");
        }

        using PlacesAhead places = new(pool);
        RecipeOutcome outcome = Decide(pool, steps, candidates, token);
        activity?.SetTag("pool", pool.Folder).SetTag("steps", steps.Count).SetTag("selected", outcome.Selected.Count);
        ProcessMemory.Release();
        using (display.Phase("Writing", () => new RunProgress(0.5, outcome.Selected.Count, outPath, [])))
        {
            return Write(name, pool, places, outcome, outPath, format, annotate, settings, started, token);
        }
    }

    private SelectReport Write(
        string name, PoolReader pool, PlacesAhead places, RecipeOutcome outcome, string outPath, OutputFormat format, AnnotateReport? annotate, IReadOnlyDictionary<string, string> settings,
        long started, CancellationToken token)
    {
        OutputFolder? output = null;
        try
        {
            output = new(outPath, disk);
            places.Complete();
            SelectReport result = new()
            {
                Name = name,
                OutPath = outPath,
                Outcome = outcome,
                Counts = pool.Counts,
                Elapsed = time.GetElapsedTime(started),
            };
            JsonObject manifest = RunManifest.Create(result, pool, annotate, settings, time);

            // Side by side: making words of a million dropped rows, drawing the report and copying the chosen rows take about as long as each other.
            using PendingOutput dropped = DroppedWriter.Start(output, pool, outcome, tables);
            using PendingOutput page = output.Start(IReportWriter.FileName, path => report.Write(path, manifest, pool, outcome));
            SelectedWriter.Write(output, pool, outcome.Selected, format, tables, token);
            WriteSelection(output, pool, outcome, token);
            page.Complete();
            dropped.Complete();
            result = result with { Elapsed = time.GetElapsedTime(started) };
            RunManifest.Complete(manifest, result, output.Describe(), time);
            output.Publish(CheckedJson.Seal(manifest.ToJsonString(PoolJson.Indented) + "\n"));
            return result;
        }
        catch (Exception fault)
        {
            output?.Abandon();
            if (DiskFullException.Says(fault))
            {
                throw DiskFullException.In(outPath, "the outputs", "The pool is whole and keeps every score. Free space there, or choose another directory with --out, and run the same command again: only the selection is made anew.", fault);
            }

            throw;
        }
    }

    private RecipeOutcome Decide(PoolReader pool, IReadOnlyList<IRecipeStep> steps, IReadOnlyList<long> candidates, CancellationToken token)
    {
        string what = "";
        double share = 0;
        RecipeRunner runner = new(pool, new PoolTexts(pool, parser, flow.Workers), time) { TagVectors = tagVectors };
        using (display.Phase("Selecting", () => new RunProgress(share, candidates.Count, what, [])))
        {
            return runner.Run(steps, candidates, (step, now, part) =>
            {
                what = $"step {step + 1} of {steps.Count}, {now}";
                share = (step + part) / Math.Max(1, steps.Count);
            }, token);
        }
    }

    private static List<long> Candidates(PoolReader pool)
    {
        List<long> rows = new((int)pool.Counts.Annotated);
        long[]? duplicateOf = pool.Rows > 0 && pool.Has(PoolColumns.DuplicateOf) ? ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values : null;
        for (long row = 0; row < pool.Rows; row++)
        {
            if (duplicateOf is null || duplicateOf[row] == IntegerData.Missing)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static void WriteSelection(OutputFolder output, PoolReader pool, RecipeOutcome outcome, CancellationToken token)
    {
        SortedDictionary<string, double[]> numbers = new(StringComparer.Ordinal);
        SortedDictionary<string, string?[]> texts = new(StringComparer.Ordinal);
        foreach (StoredColumn column in pool.Columns().Where(c => c.Name is not (PoolColumns.DuplicateOf or PoolColumns.Similarity)))
        {
            switch (column.Kind)
            {
                case ColumnKind.Number:
                    numbers[column.Name] = ((NumberData)pool.Column(column.Name)).Values;
                    break;
                case ColumnKind.Integer:
                    numbers[column.Name] = Array.ConvertAll(((IntegerData)pool.Column(column.Name)).Values, static v => v == IntegerData.Missing ? double.NaN : v);
                    break;
                case ColumnKind.Text:
                    texts[column.Name] = ((TextData)pool.Column(column.Name)).Values;
                    break;
            }
        }

        SelectionWriter.Write(output, pool, outcome, numbers, texts, token);
    }

    private static string RejectHint(PoolReader pool) =>
        pool.Counts.Rejected > 0 ? $"All {pool.Counts.Rejected} rows read were rejected; rejects.jsonl in the work directory says why." : "Its inputs are empty.";
}
