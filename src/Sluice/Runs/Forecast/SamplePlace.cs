namespace Sluice.Runs.Forecast;

/// <summary>One place of a sample.</summary>
/// <param name="File">0-based file of the survey.</param>
/// <param name="From">First byte (JSON Lines) or row (Parquet) that a row may begin at; -1 for the next rows of a file that is read from its beginning.</param>
/// <param name="To">First byte or row behind it.</param>
/// <param name="Rows">Rows of it, as far as that can be told before.</param>
internal readonly record struct SamplePlace(int File, long From, long To, int Rows);
