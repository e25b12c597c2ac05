namespace Sluice.Tests.DuckDb;

/// <summary>Tests that no other test may run beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "DuckDb, measured alone";
}
