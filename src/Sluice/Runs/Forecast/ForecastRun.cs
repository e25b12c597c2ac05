using System.Security.Cryptography;
using Sluice.Configuration;
using Sluice.Inference;
using Sluice.Inference.Tokenization;
using Sluice.Pool;
using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>
/// Says what a run will need before it starts: a sample goes through the run's own stages into a temporary folder, which is deleted. Nothing is written into the work
/// or the output directory.
/// </summary>
internal sealed class ForecastRun(ForecastParts parts, SampleFlow flow, SelectTrial select, IRunDisplay display, TimeProvider time)
{
    private const int PilotRows = 32;
    private const int PilotBatches = 4;
    private const int LeastSample = 1024;
    private const int AskedSample = 256;
    private const int HashedBytes = 32 * 1024 * 1024;

    /// <summary>
    /// Forecasts. Throws <see cref="ConfigurationException"/> with every mistake of the pipeline, as a run would, and <see cref="InvalidDataException"/> when the input
    /// holds no row.
    /// </summary>
    public async Task<ForecastReport> RunAsync(Pipeline pipeline, ForecastOptions options, CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("sluice-forecast-").FullName;
        try
        {
            return await RunAsync(pipeline, options, folder, token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<ForecastReport> RunAsync(Pipeline pipeline, ForecastOptions options, string folder, CancellationToken token)
    {
        long started = time.GetTimestamp();
        List<string> notes = [];
        List<ConfigurationError> errors = [];
        Pipeline made = await ForecastInput.WithDemosAsync(pipeline, folder, parts.Tables, errors, token);
        IReadOnlyList<SourceFile> files = made.Resolve(parts.Zstandard, errors);
        MeteredRuntime runtime = new(parts.Runtime);
        StagesOptions chosen = ForecastStages.Choose(pipeline.Options.Stages, options.Ask, notes);
        long opening = time.GetTimestamp();
        using StageSet stages = Open(pipeline, chosen, runtime, folder, errors);
        double openSeconds = time.GetElapsedTime(opening).TotalSeconds;
        IReadOnlyList<SurveyedFile> survey = await new InputSurvey(parts.Sources, parts.Parquet, parts.Zstandard).LookAsync(files, token);
        SurveyedFile largest = survey.MaxBy(f => f.TextBytes) ?? throw Empty();
        double hashSeconds = survey.Sum(f => (double)f.Bytes) * HashSeconds(largest);
        (double pilotRate, double cold) = stages.Asking.Count > 0 ? (0, 0) : await PilotAsync(largest, stages, token);
        int wished = Wish(options, stages.Asking.Count > 0, pilotRate);
        SamplePlan plan = SamplePlan.Draw(survey, wished, pipeline.Options.Flow.BatchRows, options.Seed);
        (survey, IReadOnlyDictionary<int, Queue<RawChunk>> drawn) = await ThroughReading.RunAsync(parts.Sources, survey, plan, options.Seed, token);
        SampleMeasure measure = await MeasureAsync(pipeline, survey, drawn, plan, wished, stages, runtime, folder, token);
        if (measure.Tally.Rows == 0)
        {
            throw Empty();
        }

        // As a run does between its halves; the indexes are garbage from here on.
        stages.Dispose();
        ProcessMemory.Release();
        double resident = Environment.WorkingSet;
        string outPath = Path.Combine(folder, "out");
        SelectReport? trial = null;
        if (measure.Tally.Kept > 0)
        {
            (trial, string why) = select.Try(pipeline, PoolOf(folder), outPath, token);
            notes.AddRange(why.Length > 0 ? [why] : []);
        }

        return new ForecastFigures
        {
            Pipeline = pipeline,
            Options = options,
            Survey = survey,
            Plan = plan,
            Measure = measure,
            Trial = trial,
            OutPath = outPath,
            Vectors = measure.Segments.SelectMany(s => s.Columns).Where(c => c.Kind == ColumnKind.Vector).GroupBy(c => c.Name).ToDictionary(c => c.Key, c => c.First().Width * sizeof(float)),
            OpenSeconds = openSeconds,
            HashSeconds = hashSeconds,
            ColdSeconds = cold,
            Resident = resident,
            Notes = notes,
        }.Report(time.GetElapsedTime(started));
    }

    private StageSet Open(Pipeline pipeline, StagesOptions chosen, MeteredRuntime runtime, string folder, List<ConfigurationError> errors)
    {
        try
        {
            StageSet stages = StageFactory.Open(chosen, pipeline.Options.Inference, new StageParts
            {
                Catalog = new ModelCatalog(pipeline.Options.Models.Resolve(), runtime, pipeline.Options.Inference, TokenizerFile.Load),
                Tables = parts.Tables,
                Time = time,
                Variable = parts.Variable,
                BaseFolder = pipeline.BaseFolder,
                Scratch = Path.Combine(folder, "scratch"),
                Answers = Path.Combine(PoolOf(folder), AnswerJournal.Folder),
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

        throw new ConfigurationException(errors);
    }

    // Twice the same work on other rows: what the first took longer is what a cold start costs.
    private async Task<(double RowsASecond, double Cold)> PilotAsync(SurveyedFile file, StageSet stages, CancellationToken token)
    {
        List<(SourceFile, RawChunk)> batches = [];
        await foreach (RawChunk chunk in parts.Sources.ReadAsync(file.File, SourcePosition.Start, PilotRows, long.MaxValue, token))
        {
            batches.Add((file.File, chunk));
            if (batches.Count == 2 * PilotBatches)
            {
                break;
            }
        }

        double first = await flow.PilotAsync([.. batches.Take(PilotBatches)], stages, token);
        if (batches.Count < 2 * PilotBatches)
        {
            return (0, 0);
        }

        double second = await flow.PilotAsync([.. batches.Skip(PilotBatches)], stages, token);
        return (PilotRows * PilotBatches / Math.Max(1e-6, second), Math.Max(0, first - second));
    }

    // A warm flow is about twice as fast as the second pilot. Powers of two, so that small changes of the machine's mood take the same sample.
    private static int Wish(ForecastOptions options, bool asks, double pilotRate)
    {
        if (options.Sample > 0)
        {
            return options.Sample;
        }

        double fits = asks ? AskedSample : pilotRate == 0 ? ForecastOptions.DefaultSample : pilotRate * 2 * options.Seconds;
        return fits >= ForecastOptions.DefaultSample ? ForecastOptions.DefaultSample
            : (int)Math.Max(asks ? AskedSample : LeastSample, Math.Pow(2, Math.Floor(Math.Log2(Math.Max(1, fits)))));
    }

    private async Task<SampleMeasure> MeasureAsync(
        Pipeline pipeline, IReadOnlyList<SurveyedFile> survey, IReadOnlyDictionary<int, Queue<RawChunk>> drawn, SamplePlan plan, int wished, StageSet stages, MeteredRuntime runtime,
        string folder, CancellationToken token)
    {
        SampleReader reader = new(parts.Sources, survey, drawn, pipeline.Options.Flow.BatchRows, pipeline.Options.Flow.BatchBytes);
        PoolPlan planned = new()
        {
            Files = [.. survey.Select(f => new PlannedFile(f.File.Index, f.File.Name, f.File.Path, f.File.Format, f.File.Compression, f.File.Shape, f.File.Label, f.File.Mapping, f.Bytes, "", f.Rows))],
            Settings = stages.Settings,
        };
        long done = 0;
        using IDisposable phase = display.Phase("Sampling", () => new RunProgress(Math.Min(1, Interlocked.Read(ref done) / (double)wished), Interlocked.Read(ref done), "", []));
        return await flow.RunAsync(
            PoolOf(folder), planned, plan.IsWhole ? reader.ReadAllAsync(token) : reader.ReadAsync(plan, token), plan.IsWhole ? survey.Count : plan.Places.Count, stages, runtime.Meters,
            rows => Interlocked.Exchange(ref done, rows), token);
    }

    // Seconds a byte of the hashing that a run begins with.
    private double HashSeconds(SurveyedFile file)
    {
        byte[] buffer = new byte[Math.Max(1, (int)Math.Min(HashedBytes, file.Bytes))];
        long started = time.GetTimestamp();
        using (FileStream stream = new(file.File.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
        {
            SHA256.HashData(buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)));
        }

        return time.GetElapsedTime(started).TotalSeconds / buffer.Length;
    }

    private static string PoolOf(string folder) => Path.Combine(folder, "work", "pool");

    private static InvalidDataException Empty() => new("The input holds no row, so there is nothing to forecast. Look at what Sources names.");
}
