using Microsoft.Extensions.Configuration.Json;

namespace Sluice.Configuration;

/// <summary>A layer of configuration out of a JSON file, which knows what people call the file.</summary>
internal sealed class NamedJson(NamedJsonSource source) : JsonStreamConfigurationProvider(source)
{
    /// <summary>The file as the user named it.</summary>
    public string Name { get; } = source.Name;
}
