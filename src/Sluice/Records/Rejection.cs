namespace Sluice.Records;

/// <summary>The fate of a row that could not be used: a value that flows to its own sink, never an exception.</summary>
/// <param name="Origin">Where the row was read.</param>
/// <param name="Stage">The stage that refused it, such as <c>parse</c>.</param>
/// <param name="Reason">Found, expected and place, in one sentence.</param>
/// <param name="Raw">The row's bytes as found.</param>
public sealed record Rejection(RowOrigin Origin, string Stage, string Reason, ReadOnlyMemory<byte> Raw);
