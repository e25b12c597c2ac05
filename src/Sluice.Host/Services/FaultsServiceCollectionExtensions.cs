using Microsoft.Extensions.DependencyInjection;
using Sluice.Configuration;
using Sluice.Diagnostics.Faults;

namespace Sluice.Host.Services;

/// <summary>Registers the faults on purpose.</summary>
internal static class FaultsServiceCollectionExtensions
{
    /// <summary>Adds the plan that the environment asks for; without it nothing ever fires. A plan that cannot be read ends as a <see cref="ConfigurationException"/> when it is first asked for.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services) => services.AddSingleton(static _ => Read());

    private static FaultPlan Read()
    {
        try
        {
            return FaultPlan.Read(Environment.GetEnvironmentVariable);
        }
        catch (FormatException fault)
        {
            throw new ConfigurationException([new(FaultPlan.Variable, fault.Message)]);
        }
    }
}
