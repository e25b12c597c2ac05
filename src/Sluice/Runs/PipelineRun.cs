using System.Globalization;
using Sluice.Configuration;
using Sluice.Demo;
using Sluice.Inference;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Runs.Inbox;
using Sluice.Runs.Loop;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>A whole pipeline: annotate, then select. Resumes by itself.</summary>
internal sealed class PipelineRun(
    AnnotateRun annotate, SelectRun select, LoopRun loop, Lazy<ModelCatalog> catalog, IStreamDecoder zstandard, ITableFiles tables, PoolDisk disk, TimeProvider time,
    IRunDisplay display, Func<string, string?> variable)
{
    /// <summary>Opens everything a pipeline names and adds every mistake to <paramref name="errors"/>; writes nothing. The caller disposes the stages; null when there are mistakes.</summary>
    public StageSet? Check(Pipeline pipeline, List<ConfigurationError> errors)
    {
        List<SourceSpec> present = [.. pipeline.Sources.Where(s => s.Demo is null || Path.Exists(Path.Combine(pipeline.BaseFolder, s.Path)))];
        if (present.Count > 0 || pipeline.Sources.Count == 0)
        {
            (pipeline with { Sources = present }).Resolve(zstandard, errors);
        }

        return CheckStages(pipeline, errors);
    }

    private StageSet? CheckStages(Pipeline pipeline, List<ConfigurationError> errors)
    {
        try
        {
            StageSet stages = StageFactory.Open(pipeline.Options.Stages, pipeline.Options.Inference, new StageParts
            {
                Catalog = catalog.Value,
                Tables = tables,
                Time = time,
                Variable = variable,
                BaseFolder = pipeline.BaseFolder,
                Scratch = Path.Combine(pipeline.WorkPath, "scratch"),
                Answers = Path.Combine(pipeline.PoolPath, AnswerJournal.Folder),
            });
            if (errors.Count == 0)
            {
                return stages;
            }

            stages.Dispose();
        }
        catch (ConfigurationException exception)
        {
            errors.AddRange(exception.Errors);
        }

        return null;
    }

    /// <summary>The pipeline with only those sources that name a file at this moment, and how many files each source names.</summary>
    public (Pipeline Pipeline, IReadOnlyList<int> Files) Present(Pipeline pipeline)
    {
        int[] files = [.. pipeline.Sources.Select(source => (pipeline with { Sources = [source] }).Resolve(zstandard, []).Count)];
        return (pipeline with { Sources = [.. pipeline.Sources.Where((_, i) => files[i] > 0)] }, files);
    }

    /// <summary>The files that a pipeline's sources name now. Throws <see cref="ConfigurationException"/> with every mistake.</summary>
    public IReadOnlyList<SourceFile> Files(Pipeline pipeline)
    {
        List<ConfigurationError> errors = [];
        IReadOnlyList<SourceFile> files = pipeline.Resolve(zstandard, errors);
        return errors.Count > 0 ? throw new ConfigurationException(errors) : files;
    }

    /// <summary>Runs the pipeline. Throws <see cref="ConfigurationException"/> with every mistake before anything is written.</summary>
    public async Task<(AnnotateReport Annotate, SelectReport Select)> RunAsync(Pipeline pipeline, bool fresh, CancellationToken token)
    {
        AnnotateReport report = await AnnotateAsync(pipeline, fresh, token);
        // The dedup indexes and sessions are garbage by now; the select half wants the room for its vectors.
        ProcessMemory.Release();
        SelectReport selected = pipeline.Options.Loop.Epochs > 0
            ? await loop.RunAsync(pipeline, report, fresh, token)
            : select.Run(pipeline.Name, pipeline.PoolPath, pipeline.Recipe, pipeline.OutPath, pipeline.Options.Output.Format, report, pipeline.RecipeSettings, token);
        return (report, selected);
    }

    /// <summary>The annotate half alone.</summary>
    public async Task<AnnotateReport> AnnotateAsync(Pipeline pipeline, bool fresh, CancellationToken token)
    {
        StageSet stages = Open(pipeline);
        try
        {
            Tell(stages);
            await MakeDemosAsync(pipeline, token);
            List<ConfigurationError> errors = [];
            IReadOnlyList<SourceFile> files = pipeline.Resolve(zstandard, errors);
            // Rows that a service took over HTTP are this pool's too.
            files = [.. files, .. InboxFolder.Batches(pipeline.WorkPath).Select((batch, i) => InboxFolder.Source(pipeline.WorkPath, batch, files.Count + i))];
            if (errors.Count > 0)
            {
                throw new ConfigurationException(errors);
            }

            using PoolLock held = PoolLock.Take(pipeline.WorkPath, time, disk);
            Forget(pipeline, fresh);

            StageSet opened = stages;
            return await FillAsync(pipeline, files, again => again ? stages = Open(pipeline) : opened, token);
        }
        finally
        {
            stages.Dispose();
        }
    }

    // A momentary fault of the disk is met by going on from the last commit, as a new start would.
    private async Task<AnnotateReport> FillAsync(Pipeline pipeline, IReadOnlyList<SourceFile> files, Func<bool, StageSet> open, CancellationToken token)
    {
        try
        {
            DiskRetries retries = new(pipeline.Options.Pool.Retries);
            StageSet stages = open(false);
            while (true)
            {
                try
                {
                    AnnotateReport report = await annotate.RunAsync(pipeline.PoolPath, files, stages, () => WorkConfiguration.Keep(pipeline, disk), token);
                    WriteRejects(pipeline);
                    return report;
                }
                catch (IOException fault) when (retries.Allow(fault, Ledger.Open(pipeline.PoolPath).Records.Count, out string? why))
                {
                    display.Warn(why);
                }

                // The dedup indexes stand where the fault left them.
                stages.Dispose();
                stages = open(true);
            }
        }
        catch (Exception fault) when (fault is not ConfigurationException)
        {
            TryWriteRejects(pipeline);
            if (DiskFullException.Says(fault) && fault is not DiskFullException)
            {
                throw Full(pipeline, fault);
            }

            throw;
        }
    }

    // Out of the way in one step first: a pool of which half is deleted would be taken for a damaged one.
    private void Forget(Pipeline pipeline, bool fresh)
    {
        string old = pipeline.PoolPath + ".old" + PoolDisk.Partial;
        disk.Delete(old, "cleanup");
        if (fresh && Directory.Exists(pipeline.PoolPath))
        {
            disk.Publish(pipeline.PoolPath, old, "cleanup");
            disk.Delete(old, "cleanup");
        }
    }

    /// <summary>Opens the stages, whatever the sources name. Throws <see cref="ConfigurationException"/> with every mistake.</summary>
    public StageSet OpenStages(Pipeline pipeline)
    {
        List<ConfigurationError> errors = [];
        return CheckStages(pipeline, errors) ?? throw new ConfigurationException(errors);
    }

    private StageSet Open(Pipeline pipeline)
    {
        List<ConfigurationError> errors = [];
        return Check(pipeline, errors) ?? throw new ConfigurationException(errors);
    }

    /// <summary>Says what runs the models.</summary>
    public void Tell(StageSet stages)
    {
        foreach (string provider in stages.Fallbacks.Count == 0 ? stages.Providers.Values.Distinct() : [])
        {
            display.Say($"Models run on {provider}.");
        }

        foreach (string fallback in stages.Fallbacks)
        {
            display.Warn($"{fallback}. Set Inference:Fallback to forbid to make this an error.");
        }
    }

    /// <summary>Brings the work directory's rejects up to the pool.</summary>
    public void WriteRejects(Pipeline pipeline)
    {
        try
        {
            RejectsFile.Write(pipeline.WorkPath, pipeline.PoolPath, Ledger.Open(pipeline.PoolPath).Records, disk);
        }
        catch (IOException fault) when (DiskFullException.Says(fault))
        {
            throw DiskFullException.In(pipeline.WorkPath, RejectsFile.FileName, "All rows are kept in the pool. Free space there and run the same command again.", fault);
        }
    }

    // So that a run which ends early says what it refused; the fault that ended it is the one to report.
    private void TryWriteRejects(Pipeline pipeline)
    {
        try
        {
            if (Directory.Exists(pipeline.PoolPath))
            {
                RejectsFile.Write(pipeline.WorkPath, pipeline.PoolPath, Ledger.Open(pipeline.PoolPath).Records, disk);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Made anew by the next start.
        }
    }

    /// <summary>A full disk in the user's words.</summary>
    public static DiskFullException Full(Pipeline pipeline, Exception fault)
    {
        IReadOnlyList<LedgerRecord> records = Ledger.Open(pipeline.PoolPath).Records;
        if (!Directory.Exists(Path.Combine(pipeline.PoolPath, SegmentFiles.Folder)))
        {
            return DiskFullException.In(pipeline.WorkPath, "the plan of the pool", "Nothing is scored yet. Free space there, or name another directory with --work, and run the same command again.", fault);
        }

        double size = records.Count == 0 ? pipeline.Options.Pool.SegmentBytes : records.Average(r => (double)r.Stored.Sum(f => f.Bytes));
        return DiskFullException.In(pipeline.WorkPath, string.Create(CultureInfo.InvariantCulture, $"segment {records.Count} of the pool ({(records.Count == 0 ? "at most" : "about")} {DiskFullException.Size(size)})"),
            string.Create(CultureInfo.InvariantCulture, $"{records.Sum(r => r.Counts.Read):N0} rows in {records.Count:N0} segments are kept. Free space there, or copy the directory and name it with --work, and run the same command again: it goes on there."), fault);
    }

    /// <summary>Makes the demo rows that sources ask for and that are not there yet.</summary>
    public async Task MakeDemosAsync(Pipeline pipeline, CancellationToken token)
    {
        foreach (SourceSpec source in pipeline.Sources.Where(s => s.Demo is not null))
        {
            string path = Path.GetFullPath(Path.Combine(pipeline.BaseFolder, source.Path));
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                display.Say($"Making {source.Demo!.Rows:N0} demo rows in {Path.GetRelativePath(Environment.CurrentDirectory, path)}.");
                await DemoWriter.WriteAsync(source.Demo.Rows, source.Demo.Seed, path, tables, token);
            }
        }
    }
}
