namespace Sluice.Runs;

/// <summary>A mended reject.</summary>
/// <param name="File">Name of the input file, as in <c>rejects.jsonl</c>.</param>
/// <param name="Number">1-based number of the row in it.</param>
/// <param name="Raw">The row's JSON object on one line, as UTF-8.</param>
internal sealed record MendedLine(string File, long Number, ReadOnlyMemory<byte> Raw);
