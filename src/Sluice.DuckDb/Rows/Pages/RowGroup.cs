namespace Sluice.DuckDb.Rows.Pages;

/// <summary>One row group, as the footer states it.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns; those in other files and encrypted ones are left out.</param>
internal sealed record RowGroup(long Rows, IReadOnlyList<ColumnChunk> Columns);
