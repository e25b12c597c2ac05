using Sluice.DuckDb;
using Sluice.Host.Serve;
using Sluice.Inference;
using Sluice.Pool;
using Sluice.Runs;
using Sluice.Runs.Loop;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Host.Settings;

/// <summary>Every section of options that configuration may hold, in the order in which people write them.</summary>
internal static class SettingsCatalog
{
    /// <summary>Key of a section to the class that it is read into.</summary>
    public static IReadOnlyList<(string Key, Type Options)> Sections { get; } =
    [
        (StagesOptions.SectionName, typeof(StagesOptions)),
        (OutputOptions.SectionName, typeof(OutputOptions)),
        (LoopOptions.SectionName, typeof(LoopOptions)),
        (FlowOptions.SectionName, typeof(FlowOptions)),
        (PoolOptions.SectionName, typeof(PoolOptions)),
        (InferenceOptions.SectionName, typeof(InferenceOptions)),
        (SourceLimits.SectionName, typeof(SourceLimits)),
        (ModelsOptions.SectionName, typeof(ModelsOptions)),
        (DuckDbOptions.SectionName, typeof(DuckDbOptions)),
        (ServeOptions.SectionName, typeof(ServeOptions)),
    ];
}
