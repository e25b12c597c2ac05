namespace Sluice.DuckDb.Interop;

/// <summary>The library's error numbers (duckdb_error_type) that lead to different exceptions.</summary>
internal enum DuckDbError
{
    Unknown = 0,
    InputOutput = 28,
    Fatal = 30,
    Internal = 31,
    OutOfMemory = 33,
}
