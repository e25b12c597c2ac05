using Sluice.Configuration;

namespace Sluice.Tests.Configuration;

public sealed class ConfigurationLayersTests
{
    [Fact]
    public void Build_KeySetTwice_TakesTheLast() =>
        Assert.Equal("8", ConfigurationLayers.Build(null, ["Flow:Parallelism=2", "flow:parallelism=8"])["Flow:Parallelism"]);
}
