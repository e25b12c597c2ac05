using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Runs;

namespace Sluice.Host.Services;

/// <summary>Registers options as plain values.</summary>
internal static class OptionsServiceCollectionExtensions
{
    /// <summary>Reads every section; a mistaken value leaves its default. Mistakes are reported by <see cref="Sections.Check"/>, before any verb's work.</summary>
    public static IServiceCollection AddSluiceOptions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => SluiceOptions.Read(configuration, []))
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Flow)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Pool)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Inference)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Limits)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Models);
}
