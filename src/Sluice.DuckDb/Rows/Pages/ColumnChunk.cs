namespace Sluice.DuckDb.Rows.Pages;

/// <summary>The values of one column in one row group, as the footer states them.</summary>
/// <param name="Index">0-based number of the column among the leaves of the schema.</param>
/// <param name="Name">The column's path, with dots.</param>
/// <param name="Codec">How its pages are compressed, by the number in parquet.thrift.</param>
/// <param name="Values">Values, nulls and empty lists included.</param>
/// <param name="Start">Offset of its first page.</param>
internal readonly record struct ColumnChunk(int Index, string Name, int Codec, long Values, long Start);
