namespace Sluice.Faults.Tests.Harness;

/// <summary>A theory that only the whole suite runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WholeSuiteTheoryAttribute : TheoryAttribute
{
    public WholeSuiteTheoryAttribute()
    {
        if (!FaultScale.IsFull)
        {
            Skip = "Only in the whole suite: bash tests/faults.sh";
        }
    }
}
