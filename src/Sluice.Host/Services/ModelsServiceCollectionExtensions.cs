using Microsoft.Extensions.DependencyInjection;
using Sluice.Inference;
using Sluice.Inference.Drafting;
using Sluice.Inference.Tokenization;
using Sluice.Runs;

namespace Sluice.Host.Services;

/// <summary>Registers the model catalog.</summary>
internal static class ModelsServiceCollectionExtensions
{
    /// <summary>Adds the catalog, and what adds to it, over the configured directory.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton(static p => new ModelCatalog(
            p.GetRequiredService<ModelsOptions>().Resolve(), p.GetRequiredService<IInferenceRuntime>(), p.GetRequiredService<InferenceOptions>(), TokenizerFile.Load))
        .AddSingleton(static p => new ModelAddition(
            p.GetRequiredService<ModelsOptions>().Resolve(), p.GetRequiredService<IInferenceRuntime>(), p.GetRequiredService<InferenceOptions>(), p.GetRequiredService<ModelCatalog>()))
        .AddSingleton(static p => new Lazy<ModelCatalog>(p.GetRequiredService<ModelCatalog>));
}
