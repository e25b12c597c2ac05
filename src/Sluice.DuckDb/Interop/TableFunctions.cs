namespace Sluice.DuckDb.Interop;

/// <summary>The library's functions that let a query read rows of ours. What is handed to a callback is valid until it returns.</summary>
internal sealed unsafe class TableFunctions(Func<string, nint> find)
{
    public readonly delegate* unmanaged<nint> Create = (delegate* unmanaged<nint>)find("duckdb_create_table_function");
    public readonly delegate* unmanaged<nint*, void> Destroy = (delegate* unmanaged<nint*, void>)find("duckdb_destroy_table_function");
    public readonly delegate* unmanaged<nint, byte*, void> SetName = (delegate* unmanaged<nint, byte*, void>)find("duckdb_table_function_set_name");
    public readonly delegate* unmanaged<nint, nint, void> AddParameter = (delegate* unmanaged<nint, nint, void>)find("duckdb_table_function_add_parameter");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, void>, void> SetBind = (delegate* unmanaged<nint, delegate* unmanaged<nint, void>, void>)find("duckdb_table_function_set_bind");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, void>, void> SetInit = (delegate* unmanaged<nint, delegate* unmanaged<nint, void>, void>)find("duckdb_table_function_set_init");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, void> SetFunction = (delegate* unmanaged<nint, delegate* unmanaged<nint, nint, void>, void>)find("duckdb_table_function_set_function");
    public readonly delegate* unmanaged<nint, nint, int> Register = (delegate* unmanaged<nint, nint, int>)find("duckdb_register_table_function");

    public readonly delegate* unmanaged<nint, ulong, nint> Parameter = (delegate* unmanaged<nint, ulong, nint>)find("duckdb_bind_get_parameter");
    public readonly delegate* unmanaged<nint, long> Integer = (delegate* unmanaged<nint, long>)find("duckdb_get_int64");
    public readonly delegate* unmanaged<nint*, void> DestroyValue = (delegate* unmanaged<nint*, void>)find("duckdb_destroy_value");
    public readonly delegate* unmanaged<nint, byte*, nint, void> AddColumn = (delegate* unmanaged<nint, byte*, nint, void>)find("duckdb_bind_add_result_column");
    public readonly delegate* unmanaged<nint, ulong, byte, void> SetCardinality = (delegate* unmanaged<nint, ulong, byte, void>)find("duckdb_bind_set_cardinality");
    public readonly delegate* unmanaged<nint, nint, nint, void> SetBindData = (delegate* unmanaged<nint, nint, nint, void>)find("duckdb_bind_set_bind_data");
    public readonly delegate* unmanaged<nint, byte*, void> SetBindError = (delegate* unmanaged<nint, byte*, void>)find("duckdb_bind_set_error");
    public readonly delegate* unmanaged<nint, nint> BindData = (delegate* unmanaged<nint, nint>)find("duckdb_function_get_bind_data");
    public readonly delegate* unmanaged<nint, byte*, void> SetError = (delegate* unmanaged<nint, byte*, void>)find("duckdb_function_set_error");
}
