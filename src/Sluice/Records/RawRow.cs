namespace Sluice.Records;

/// <summary>A row as framed by a source, before it is parsed.</summary>
/// <param name="Origin">Where it was read.</param>
/// <param name="Bytes">One JSON value without surrounding white space or line break; when <paramref name="Fault"/> is set, the raw bytes as found (possibly cut).</param>
/// <param name="Fault">Why framing itself failed (too long, cut off, broken archive, unreadable page); null for a sound frame.</param>
public readonly record struct RawRow(RowOrigin Origin, ReadOnlyMemory<byte> Bytes, string? Fault = null);
