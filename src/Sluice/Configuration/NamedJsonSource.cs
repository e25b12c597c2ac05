using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Sluice.Configuration;

/// <summary>Makes a <see cref="NamedJson"/>.</summary>
internal sealed class NamedJsonSource : JsonStreamConfigurationSource
{
    /// <summary>The file as the user named it.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder) => new NamedJson(this);
}
