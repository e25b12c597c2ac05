namespace Sluice.Records;

/// <summary>A sound row that a model could not score: its columns hold no value there.</summary>
/// <param name="Origin">Where the row was read.</param>
/// <param name="Stage">The model that failed.</param>
/// <param name="Reason">What went wrong, as one sentence.</param>
public sealed record UnscoredRow(RowOrigin Origin, string Stage, string Reason);
