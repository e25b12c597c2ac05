using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Configuration;
using Sluice.Runs;

namespace Sluice.Host.Services;

/// <summary>Registers options as plain values.</summary>
internal static class OptionsServiceCollectionExtensions
{
    /// <summary>Reads every section. Throws <see cref="ConfigurationException"/> with all mistakes when a service asks for them.</summary>
    public static IServiceCollection AddSluiceOptions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ =>
        {
            List<ConfigurationError> errors = [];
            SluiceOptions options = SluiceOptions.Read(configuration, errors);
            return errors.Count > 0 ? throw new ConfigurationException(errors) : options;
        })
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Flow)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Pool)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Inference)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Limits)
        .AddSingleton(static p => p.GetRequiredService<SluiceOptions>().Models);
}
