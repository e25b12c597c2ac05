namespace Sluice.Records;

/// <summary>What the footer of a Parquet file says.</summary>
/// <param name="Rows">Rows in the file.</param>
/// <param name="RowGroups">Rows in each row group, in file order.</param>
/// <param name="Columns">Names of the top-level columns, in file order.</param>
public sealed record ParquetShape(long Rows, IReadOnlyList<long> RowGroups, IReadOnlyList<string> Columns);
