namespace Sluice.DuckDb.Interop;

/// <summary>The library's functions that fill a table chunk by chunk.</summary>
internal sealed unsafe class AppenderFunctions(Func<string, nint> find)
{
    public readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint*, int> Create = (delegate* unmanaged<nint, byte*, byte*, byte*, nint*, int>)find("duckdb_appender_create_ext");
    public readonly delegate* unmanaged<nint, nint, int> AppendChunk = (delegate* unmanaged<nint, nint, int>)find("duckdb_append_data_chunk");
    public readonly delegate* unmanaged<nint, int> Close = (delegate* unmanaged<nint, int>)find("duckdb_appender_close");
    public readonly delegate* unmanaged<nint, byte*> Error = (delegate* unmanaged<nint, byte*>)find("duckdb_appender_error");

    // Its state repeats what Close has told already, so it is called as if it returned nothing.
    public readonly delegate* unmanaged<nint*, void> Destroy = (delegate* unmanaged<nint*, void>)find("duckdb_appender_destroy");
}
