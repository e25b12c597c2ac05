namespace Sluice.Faults.Tests.Harness;

/// <summary>A fact that mounts file systems; skipped with the reason where that is refused.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Mount.Refusal();
}
