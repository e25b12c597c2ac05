namespace Sluice.DuckDb.Tables;

/// <summary>The kinds of table files.</summary>
internal enum TableKind
{
    Parquet,
    JsonLines,
    Csv,
}
