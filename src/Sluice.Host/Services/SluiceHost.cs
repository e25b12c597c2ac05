using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Runs;

namespace Sluice.Host.Services;

/// <summary>The composition root: one Generic Host for every verb.</summary>
internal static class SluiceHost
{
    /// <summary>Builds the host. Options are read and validated whole here; native libraries load when first used.</summary>
    /// <param name="configuration">The layered configuration.</param>
    /// <param name="display">Where the program speaks.</param>
    /// <param name="more">Adds what only one verb needs.</param>
    public static IHost Build(IConfigurationRoot configuration, IRunDisplay display, Action<IServiceCollection>? more = null)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(configuration);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(display)
            .AddFaults()
            .AddSluiceOptions(configuration)
            .AddNativeWalls(configuration)
            .AddSources()
            .AddModels()
            .AddRuns()
            .AddInquiries();
        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
