namespace Sluice.Sinks.Diff;

/// <summary>Why rows that are in one output are not in the other.</summary>
/// <param name="Step">Step of the other output's recipe that dropped them; empty where none did.</param>
/// <param name="Reason">Its reason; what differs from row to row is an ellipsis.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record DiffReason(string Step, string Reason, long Rows);
