using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Recipes;
using Sluice.Runs.Forecast;
using Sluice.Sources;

namespace Sluice.Runs.DryRun;

/// <summary>
/// A pipeline over the first rows of its input: the real stages and the real recipe in a folder of its own. The real work and output directories are not touched, the input
/// is not hashed, and nothing is resumed.
/// </summary>
internal sealed class DryRunner(PipelineRun run, ForecastParts parts, SampleFlow flow, SelectRun select, PoolDisk disk, IRunDisplay display, TimeProvider time)
{
    /// <summary>Runs. Throws <see cref="ConfigurationException"/> with every mistake of the pipeline before anything is written.</summary>
    /// <param name="pipeline">The pipeline, led into the folder (<see cref="DryFolder.Lead"/>).</param>
    /// <param name="folder">The folder.</param>
    /// <param name="limit">Rows to read, at least 1; rejected ones count.</param>
    /// <param name="token">Stops it.</param>
    public async Task<DryReport> RunAsync(Pipeline pipeline, string folder, long limit, CancellationToken token)
    {
        List<ConfigurationError> errors = [];
        using StageSet stages = run.Check(pipeline, errors) ?? throw new ConfigurationException(errors);
        await run.MakeDemosAsync(pipeline, token);
        IReadOnlyList<SourceFile> files = pipeline.Resolve(parts.Zstandard, errors);
        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        DryFolder.MakeAnew(folder);
        using PoolLock held = PoolLock.Take(pipeline.WorkPath, time, disk);
        FirstRows rows = new(parts.Sources, pipeline.Options.Flow.BatchRows, pipeline.Options.Flow.BatchBytes);
        AnnotateReport annotate = await AnnotateAsync(pipeline, files, rows, limit, stages, token);
        ProcessMemory.Release();
        SelectReport? selected = null;
        string? failed = null;
        try
        {
            selected = select.Run(pipeline.Name, pipeline.PoolPath, pipeline.Recipe, pipeline.OutPath, pipeline.Options.Output.Format, annotate, pipeline.RecipeSettings, token);
        }
        catch (Exception exception) when (exception is RecipeException or ConfigurationException)
        {
            failed = exception.Message;
        }

        return new DryReport
        {
            Folder = folder,
            Limit = limit,
            IsAll = rows.IsAll,
            Annotate = annotate,
            Select = selected,
            Failed = failed,
            Notes = DryNotes.Of(pipeline, annotate, selected),
        };
    }

    private async Task<AnnotateReport> AnnotateAsync(Pipeline pipeline, IReadOnlyList<SourceFile> files, FirstRows rows, long limit, StageSet stages, CancellationToken token)
    {
        long started = time.GetTimestamp();
        PoolPlan plan = new()
        {
            Files = [.. files.Select((f, i) => new PlannedFile(i, f.Name, f.Path, f.Format, f.Compression, f.Shape, f.Label, f.Mapping, FileStamp.Of(f.Path).Bytes, "", -1))],
            Settings = stages.Settings,
        };
        SampleMeasure measure;
        using (display.Phase("Scoring", () => new RunProgress((double)rows.Count / limit, rows.Count, "", [])))
        {
            measure = await flow.RunAsync(pipeline.PoolPath, plan, rows.ReadAsync(files, limit, token), 1, stages, [], static _ => { }, token);
        }

        using PoolReader pool = PoolReader.Open(pipeline.PoolPath, parts.Tables);
        RejectsFile.Write(pipeline.WorkPath, pipeline.PoolPath, pool.Records, disk);
        WorkConfiguration.Keep(pipeline, disk);
        return new AnnotateReport
        {
            Counts = pool.Counts,
            Kept = default,
            KeptSegments = 0,
            Elapsed = time.GetElapsedTime(started),
            Rescored = 0,
            RescoredColumns = [],
            Unscored = measure.Tally.Unscored,
            UnscoredFirst = [],
            Stages = [.. measure.Stages.Select(s => new StageFigures(s.Name, pool.Counts.Read, Math.Round(s.Busy * measure.Seconds, 3), 1, Math.Round(s.Busy, 3)))],
            Providers = stages.Providers,
            Asking = stages.Asking,
            PeakRssBytes = ProcessMemory.PeakResidentBytes(),
            PeakRowsInFlight = 0,
            PeakBytesInFlight = 0,
        };
    }
}
