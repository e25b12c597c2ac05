using Sluice.Pool;

namespace Sluice.Runs;

/// <summary>What a replay did.</summary>
internal sealed class ReplayReport
{
    /// <summary>Rows by their new fate: annotated and duplicate ones, and as many rejected ones fewer.</summary>
    public RowCounts Counts { get; set; }

    /// <summary>Rows that are refused again, each with its reason: they stay among the rejects.</summary>
    public List<(MendedLine Line, string Reason)> StillRejected { get; } = [];

    /// <summary>Lines that speak of no reject: mended already, given twice, or of another run.</summary>
    public List<MendedLine> Unknown { get; } = [];
}
