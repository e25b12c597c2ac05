using Microsoft.Extensions.DependencyInjection;
using Sluice.Diagnostics.Faults;

namespace Sluice.Host.Services;

/// <summary>Registers the faults on purpose.</summary>
internal static class FaultsServiceCollectionExtensions
{
    /// <summary>Adds the plan that the environment asks for; without it nothing ever fires.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services) => services.AddSingleton(static _ => FaultPlan.Read(Environment.GetEnvironmentVariable));
}
