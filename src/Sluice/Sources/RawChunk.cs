using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Consecutive framed rows of one file.</summary>
/// <param name="Rows">In file order; blank lines are not rows. The bytes belong to the chunk and stay valid.</param>
/// <param name="Next">Where reading goes on after the last row.</param>
/// <param name="End">Whether the file holds nothing more.</param>
public sealed record RawChunk(IReadOnlyList<RawRow> Rows, SourcePosition Next, bool End);
