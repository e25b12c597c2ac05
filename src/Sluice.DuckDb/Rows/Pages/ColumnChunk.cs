namespace Sluice.DuckDb.Rows.Pages;

/// <summary>The values of one column in one row group, as the footer states them.</summary>
/// <param name="Name">The column's path, with dots.</param>
/// <param name="Values">Values, nulls and empty lists included.</param>
/// <param name="Start">Offset of its first page.</param>
internal readonly record struct ColumnChunk(string Name, long Values, long Start);
