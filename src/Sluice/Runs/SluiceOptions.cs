using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Inference;
using Sluice.Pool;
using Sluice.Runs.Loop;
using Sluice.Sources;
using Sluice.Topology;

namespace Sluice.Runs;

/// <summary>Everything that configuration says, read once and validated whole.</summary>
internal sealed record SluiceOptions
{
    /// <summary>Keys at the top of a configuration that belong to other readers: the pipeline's own and the host's.</summary>
    private static readonly string[] s_others = ["Name", "Sources", "Recipe", "Serve", "DuckDb", "Logging", "AllowedHosts", "$schema"];

    public required FlowOptions Flow { get; init; }

    public required PoolOptions Pool { get; init; }

    public required InferenceOptions Inference { get; init; }

    public required SourceLimits Limits { get; init; }

    public required ModelsOptions Models { get; init; }

    public required StagesOptions Stages { get; init; }

    public required OutputOptions Output { get; init; }

    public required LoopOptions Loop { get; init; }

    /// <summary>Reads all sections and adds every mistake, unknown top-level keys included, to <paramref name="errors"/>.</summary>
    public static SluiceOptions Read(IConfiguration configuration, List<ConfigurationError> errors)
    {
        ConfigurationReader reader = new(errors);
        string[] known =
        [
            FlowOptions.SectionName, PoolOptions.SectionName, InferenceOptions.SectionName, SourceLimits.SectionName, ModelsOptions.SectionName,
            StagesOptions.SectionName, OutputOptions.SectionName, LoopOptions.SectionName, .. s_others,
        ];
        foreach (IConfigurationSection section in configuration.GetChildren())
        {
            if (!known.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(new(section.Path, $"Unknown key.{Suggestion.DidYouMean(section.Key, known)} Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}."));
            }
        }

        return new SluiceOptions
        {
            Flow = reader.Read<FlowOptions>(configuration.GetSection(FlowOptions.SectionName)),
            Pool = reader.Read<PoolOptions>(configuration.GetSection(PoolOptions.SectionName)),
            Inference = reader.Read<InferenceOptions>(configuration.GetSection(InferenceOptions.SectionName)),
            Limits = reader.Read<SourceLimits>(configuration.GetSection(SourceLimits.SectionName)),
            Models = reader.Read<ModelsOptions>(configuration.GetSection(ModelsOptions.SectionName)),
            Stages = reader.Read<StagesOptions>(configuration.GetSection(StagesOptions.SectionName)),
            Output = reader.Read<OutputOptions>(configuration.GetSection(OutputOptions.SectionName)),
            Loop = reader.Read<LoopOptions>(configuration.GetSection(LoopOptions.SectionName)),
        };
    }
}
