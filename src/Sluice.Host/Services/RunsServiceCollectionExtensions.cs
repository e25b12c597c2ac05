using Microsoft.Extensions.DependencyInjection;
using Sluice.Diagnostics.Faults;
using Sluice.Parsing;
using Sluice.Pool;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Runs.Forecast;
using Sluice.Runs.Loop;
using Sluice.Runs.Study;
using Sluice.Selection.Tagging;
using Sluice.Sinks;
using Sluice.Sinks.Report;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Host.Services;

/// <summary>Registers the runs.</summary>
internal static class RunsServiceCollectionExtensions
{
    /// <summary>Adds the annotate and the select half, the forecast of both, import, what reads a finished run, and the study.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton(static p =>
        {
            FaultPlan faults = p.GetRequiredService<FaultPlan>();
            return new PoolDisk(faults.IsActive ? new FaultWatch(faults) : null, p.GetRequiredService<PoolOptions>().Sync);
        })
        .AddSingleton(static p => new FlowContext(
            p.GetRequiredService<FlowOptions>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<FaultPlan>(), p.GetRequiredService<IRunDisplay>().Warn))
        .AddSingleton<IReportWriter, ReportWriter>()
        .AddSingleton(static p => new AnnotateParts(
            p.GetRequiredService<FlowContext>(), p.GetRequiredService<PoolOptions>(), p.GetRequiredService<SourceLimits>(), p.GetRequiredService<IRowParser>(),
            p.GetRequiredService<ISource>(), p.GetRequiredService<IParquetRows>(), p.GetRequiredService<ITableFiles>(), p.GetRequiredService<PoolDisk>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<IRunDisplay>()))
        .AddSingleton<AnnotateRun>()
        .AddSingleton<ITagVectors, ModelTagVectors>()
        .AddSingleton<SelectRun>()
        .AddSingleton<Func<string, string?>>(Environment.GetEnvironmentVariable)
        .AddSingleton<LoopRun>()
        .AddSingleton<IterateRun>()
        .AddSingleton<PipelineRun>()
        .AddSingleton<ForecastParts>()
        .AddSingleton<SampleFlow>()
        .AddSingleton<SelectTrial>()
        .AddSingleton<ForecastRun>()
        .AddSingleton<SegmentRedo>()
        .AddSingleton<RepairRun>()
        .AddSingleton<ReplayRun>()
        .AddSingleton<ImportRun>()
        .AddSingleton<ExportRun>()
        .AddSingleton<StudyPlanRun>()
        .AddSingleton<StudyEstimateRun>();
}
