using Sluice.Configuration;
using Sluice.Demo;
using Sluice.Inference;
using Sluice.Pool;
using Sluice.Records;
using Sluice.Runs.Loop;
using Sluice.Sources;

namespace Sluice.Runs;

/// <summary>A whole pipeline: annotate, then select. Resumes by itself.</summary>
internal sealed class PipelineRun(
    AnnotateRun annotate, SelectRun select, LoopRun loop, Lazy<ModelCatalog> catalog, IStreamDecoder zstandard, ITableFiles tables, TimeProvider time, IRunDisplay display,
    Func<string, string?> variable)
{
    /// <summary>Opens everything a pipeline names and adds every mistake to <paramref name="errors"/>; writes nothing. The caller disposes the stages; null when there are mistakes.</summary>
    public StageSet? Check(Pipeline pipeline, List<ConfigurationError> errors)
    {
        List<SourceSpec> present = [.. pipeline.Sources.Where(s => s.Demo is null || Path.Exists(Path.Combine(pipeline.BaseFolder, s.Path)))];
        if (present.Count > 0 || pipeline.Sources.Count == 0)
        {
            (pipeline with { Sources = present }).Resolve(zstandard, errors);
        }

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

    /// <summary>The pipeline with only those sources that name a file at this moment, and these files.</summary>
    public (Pipeline Pipeline, List<string> Files) Present(Pipeline pipeline)
    {
        List<SourceSpec> sources = [];
        List<string> files = [];
        foreach (SourceSpec source in pipeline.Sources)
        {
            IReadOnlyList<SourceFile> found = (pipeline with { Sources = [source] }).Resolve(zstandard, []);
            if (found.Count > 0)
            {
                sources.Add(source);
                files.AddRange(found.Select(f => f.Path));
            }
        }

        return (pipeline with { Sources = sources }, files);
    }

    /// <summary>Runs the pipeline. Throws <see cref="ConfigurationException"/> with every mistake before anything is written.</summary>
    public async Task<(AnnotateReport Annotate, SelectReport Select)> RunAsync(Pipeline pipeline, bool fresh, CancellationToken token)
    {
        AnnotateReport report = await AnnotateAsync(pipeline, fresh, token);
        // The dedup indexes and sessions are garbage by now; the select half wants the room for its vectors.
        ProcessMemory.Release();
        SelectReport selected = pipeline.Options.Loop.Epochs > 0
            ? await loop.RunAsync(pipeline, report, fresh, token)
            : select.Run(pipeline.Name, pipeline.PoolPath, pipeline.Recipe, pipeline.OutPath, pipeline.Options.Output.Format, report, new Dictionary<string, string>(), token);
        return (report, selected);
    }

    /// <summary>The annotate half alone.</summary>
    public async Task<AnnotateReport> AnnotateAsync(Pipeline pipeline, bool fresh, CancellationToken token)
    {
        List<ConfigurationError> errors = [];
        using StageSet? stages = Check(pipeline, errors);
        if (stages is null)
        {
            throw new ConfigurationException(errors);
        }

        foreach (string provider in stages.Fallbacks.Count == 0 ? stages.Providers.Values.Distinct() : [])
        {
            display.Say($"Models run on {provider}.");
        }

        foreach (string fallback in stages.Fallbacks)
        {
            display.Warn($"{fallback}. Set Inference:Fallback to forbid to make this an error.");
        }

        await MakeDemosAsync(pipeline, token);
        IReadOnlyList<SourceFile> files = pipeline.Resolve(zstandard, errors);
        if (errors.Count > 0)
        {
            throw new ConfigurationException(errors);
        }

        using PoolLock held = PoolLock.Take(pipeline.WorkPath, time);
        if (fresh && Directory.Exists(pipeline.PoolPath))
        {
            Directory.Delete(pipeline.PoolPath, recursive: true);
        }

        try
        {
            return await annotate.RunAsync(pipeline.PoolPath, files, stages, token);
        }
        finally
        {
            RejectsFile.Write(pipeline.WorkPath, pipeline.PoolPath, Ledger.Open(pipeline.PoolPath).Records);
        }
    }

    private async Task MakeDemosAsync(Pipeline pipeline, CancellationToken token)
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
