using Sluice.Faults.Tests.Harness;
using Sluice.Pool.Disk;

namespace Sluice.Faults.Tests.Kill;

/// <summary>The named steps of a run, and from which state a run meets them.</summary>
internal static class FaultPoints
{
    /// <summary>Every step, without <c>.before</c> and <c>.after</c>.</summary>
    public static IReadOnlyList<string> All => DiskPoints.All;

    /// <summary>The state from which a run passes a step.</summary>
    public static StartState StateFor(string point) => point switch
    {
        "cleanup.delete" => StartState.HalfWritten,
        "ledger.truncate" => StartState.TornLedger,
        "output.delete" => StartState.Finished,
        _ when point.StartsWith("columns.", StringComparison.Ordinal) => StartState.Unscored,
        _ => StartState.Fresh,
    };
}
