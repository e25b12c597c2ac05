namespace Sluice.Runs.Why;

/// <summary>Why a row was refused.</summary>
/// <param name="Stage">The stage that refused it.</param>
/// <param name="Reason">Its reason.</param>
internal sealed record RowReject(string Stage, string Reason);
