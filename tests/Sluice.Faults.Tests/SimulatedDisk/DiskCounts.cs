using System.Globalization;

namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>What the simulated disk did to those who trusted it.</summary>
internal sealed class DiskCounts
{
    /// <summary>States from which a recovery began.</summary>
    public int States => PowerCuts + Deaths;

    public int PowerCuts { get; set; }

    /// <summary>The process ended and the system lived: what was written is there, what was not synced may still be lost.</summary>
    public int Deaths { get; set; }

    /// <summary>Faults that hit, by kind.</summary>
    public Dictionary<FaultKind, int> Hits { get; } = Enum.GetValues<FaultKind>().ToDictionary(kind => kind, _ => 0);

    public int TornFiles { get; set; }

    /// <summary>Ledgers found with an end that is torn.</summary>
    public int TornLedgers { get; set; }

    /// <summary>Files that went back to the bytes of their last sync.</summary>
    public int OldFiles { get; set; }

    public int ForgottenRenames { get; set; }

    public int ForgottenFiles { get; set; }

    public int ForgottenDeletions { get; set; }

    /// <summary>Faults that hit while what an earlier one left was being put right.</summary>
    public int InRecovery { get; set; }

    /// <summary>Output folders found without a manifest, with one that fits, and with one that does not.</summary>
    public int[] Outputs { get; } = new int[3];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{States:N0} crash states ({PowerCuts:N0} power cuts, {Deaths:N0} deaths of the process, {InRecovery:N0} of both during recovery); hits {string.Join(", ", Hits.Select(h => $"{h.Key} {h.Value:N0}"))}; {TornFiles:N0} torn files, {TornLedgers:N0} torn ledgers, {OldFiles:N0} back to their last sync, {ForgottenRenames:N0} renames, {ForgottenFiles:N0} new names and {ForgottenDeletions:N0} deletions forgotten; outputs {Outputs[0]:N0} without a manifest, {Outputs[1]:N0} whole, {Outputs[2]:N0} mixed");
}
