namespace Sluice.DuckDb.Interop;

/// <summary>The library's duckdb_result, passed by value: five retired fields and one pointer.</summary>
internal struct DuckDbResult
{
#pragma warning disable CS0649, CS0169, IDE0051 // the library alone fills and reads the fields
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly nint _columns;
    private readonly nint _errorMessage;
    private readonly nint _internalData;
#pragma warning restore CS0649, CS0169, IDE0051
}
