using System.Runtime.InteropServices;
using Sluice.Natives;

namespace Sluice.DuckDb.Interop;

/// <summary>The functions of DuckDB's C API that are used here (duckdb.h of 1.5), bound by name. A state of 0 is success.</summary>
internal sealed unsafe class DuckDbApi
{
    public readonly delegate* unmanaged<byte*, nint*, nint, byte**, int> OpenExt;
    public readonly delegate* unmanaged<nint*, void> Close;
    public readonly delegate* unmanaged<nint, nint*, int> Connect;
    public readonly delegate* unmanaged<nint*, void> Disconnect;
    public readonly delegate* unmanaged<nint, void> Interrupt;
    public readonly delegate* unmanaged<void*, void> Free;
    public readonly delegate* unmanaged<ulong> VectorSize;

    public readonly delegate* unmanaged<nint*, int> CreateConfig;
    public readonly delegate* unmanaged<nint, byte*, byte*, int> SetConfig;
    public readonly delegate* unmanaged<nint*, void> DestroyConfig;

    public readonly delegate* unmanaged<nint, byte*, DuckDbResult*, int> Query;
    public readonly delegate* unmanaged<DuckDbResult*, void> DestroyResult;
    public readonly delegate* unmanaged<DuckDbResult*, byte*> ResultError;
    public readonly delegate* unmanaged<DuckDbResult*, int> ResultErrorType;

    public readonly delegate* unmanaged<nint, byte*, nint*, int> Prepare;
    public readonly delegate* unmanaged<nint, byte*> PrepareError;
    public readonly delegate* unmanaged<nint*, void> DestroyPrepare;
    public readonly delegate* unmanaged<nint, ulong> PreparedColumnCount;
    public readonly delegate* unmanaged<nint, ulong, byte*> PreparedColumnName;
    public readonly delegate* unmanaged<nint, ulong, nint> PreparedColumnLogicalType;

    public readonly delegate* unmanaged<nint, nint*, int> PendingPreparedStreaming;
    public readonly delegate* unmanaged<nint, byte*> PendingError;
    public readonly delegate* unmanaged<nint, DuckDbResult*, int> ExecutePending;
    public readonly delegate* unmanaged<nint*, void> DestroyPending;
    public readonly delegate* unmanaged<DuckDbResult, nint> FetchChunk;

    public DuckDbApi(string libraryPath)
    {
        nint library = NativeFile.Load(
            libraryPath,
            "libduckdb.so",
            "A build of this program fetches it and puts it beside the program; or set DuckDb:LibraryPath to the libduckdb.so of DuckDB 1.5 or later.");
        nint Find(string name) => NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw new EntryPointNotFoundException($"libduckdb.so has no function {name}: found an older library, expected DuckDB 1.5 or later. Set DuckDb:LibraryPath.");

        OpenExt = (delegate* unmanaged<byte*, nint*, nint, byte**, int>)Find("duckdb_open_ext");
        Close = (delegate* unmanaged<nint*, void>)Find("duckdb_close");
        Connect = (delegate* unmanaged<nint, nint*, int>)Find("duckdb_connect");
        Disconnect = (delegate* unmanaged<nint*, void>)Find("duckdb_disconnect");
        Interrupt = (delegate* unmanaged<nint, void>)Find("duckdb_interrupt");
        Free = (delegate* unmanaged<void*, void>)Find("duckdb_free");
        VectorSize = (delegate* unmanaged<ulong>)Find("duckdb_vector_size");

        CreateConfig = (delegate* unmanaged<nint*, int>)Find("duckdb_create_config");
        SetConfig = (delegate* unmanaged<nint, byte*, byte*, int>)Find("duckdb_set_config");
        DestroyConfig = (delegate* unmanaged<nint*, void>)Find("duckdb_destroy_config");

        Query = (delegate* unmanaged<nint, byte*, DuckDbResult*, int>)Find("duckdb_query");
        DestroyResult = (delegate* unmanaged<DuckDbResult*, void>)Find("duckdb_destroy_result");
        ResultError = (delegate* unmanaged<DuckDbResult*, byte*>)Find("duckdb_result_error");
        ResultErrorType = (delegate* unmanaged<DuckDbResult*, int>)Find("duckdb_result_error_type");

        Prepare = (delegate* unmanaged<nint, byte*, nint*, int>)Find("duckdb_prepare");
        PrepareError = (delegate* unmanaged<nint, byte*>)Find("duckdb_prepare_error");
        DestroyPrepare = (delegate* unmanaged<nint*, void>)Find("duckdb_destroy_prepare");
        PreparedColumnCount = (delegate* unmanaged<nint, ulong>)Find("duckdb_prepared_statement_column_count");
        PreparedColumnName = (delegate* unmanaged<nint, ulong, byte*>)Find("duckdb_prepared_statement_column_name");
        PreparedColumnLogicalType = (delegate* unmanaged<nint, ulong, nint>)Find("duckdb_prepared_statement_column_logical_type");

        PendingPreparedStreaming = (delegate* unmanaged<nint, nint*, int>)Find("duckdb_pending_prepared_streaming");
        PendingError = (delegate* unmanaged<nint, byte*>)Find("duckdb_pending_error");
        ExecutePending = (delegate* unmanaged<nint, DuckDbResult*, int>)Find("duckdb_execute_pending");
        DestroyPending = (delegate* unmanaged<nint*, void>)Find("duckdb_destroy_pending");
        FetchChunk = (delegate* unmanaged<DuckDbResult, nint>)Find("duckdb_fetch_chunk");

        Types = new TypeFunctions(Find);
        Vectors = new VectorFunctions(Find);
        Scans = new TableFunctions(Find);
    }

    /// <summary>Functions about logical types.</summary>
    public TypeFunctions Types { get; }

    /// <summary>Functions about chunks and vectors.</summary>
    public VectorFunctions Vectors { get; }

    /// <summary>Functions that let a query read rows of ours.</summary>
    public TableFunctions Scans { get; }

    /// <summary>The text of a string that belongs to the library.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The text of a string that the library hands over, which is freed.</summary>
    public string TakeText(byte* text)
    {
        string result = Text(text);
        Free(text);
        return result;
    }

    /// <summary>Ends <paramref name="text"/> with the NUL the library looks for; throws when it holds one itself.</summary>
    public static byte[] Terminated(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"Found a NUL character in '{text.Replace("\0", "\\0", StringComparison.Ordinal)}', expected none in a file or column name.", nameof(text));
        }

        return System.Text.Encoding.UTF8.GetBytes(text + '\0');
    }
}
