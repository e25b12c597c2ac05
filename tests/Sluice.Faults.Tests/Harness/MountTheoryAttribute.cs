namespace Sluice.Faults.Tests.Harness;

/// <summary>A theory that mounts file systems; skipped with the reason where that is refused.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountTheoryAttribute : TheoryAttribute
{
    public MountTheoryAttribute() => Skip = Mount.Refusal();
}
