namespace Sluice.Faults.Tests.Harness;

/// <summary>The tests that run the real executable: one after the other, as each wants the whole machine.</summary>
[CollectionDefinition(Name)]
public sealed class HarnessTests : ICollectionFixture<References>
{
    public const string Name = "real executable";
}
