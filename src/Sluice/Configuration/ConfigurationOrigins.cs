using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Sluice.Configuration;

/// <summary>Says which layer a value comes from.</summary>
internal static class ConfigurationOrigins
{
    /// <summary>What stands for "no layer states it".</summary>
    public const string Default = "default";

    /// <summary>The layer that states a key, in the user's words; null when none does. One that states the default states it all the same.</summary>
    public static string? Of(IConfigurationRoot root, string key)
    {
        foreach (IConfigurationProvider provider in root.Providers.Reverse())
        {
            if (provider.TryGet(key, out _))
            {
                return provider switch
                {
                    NamedJson file => file.Name,
                    EnvironmentVariablesConfigurationProvider => $"environment {ConfigurationLayers.EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}",
                    MemoryConfigurationProvider => "--set",
                    _ => provider.ToString() ?? "",
                };
            }
        }

        return null;
    }
}
