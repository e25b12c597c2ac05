namespace Sluice.DuckDb.Interop;

/// <summary>The library's functions about logical types. A type handed out belongs to the caller.</summary>
internal sealed unsafe class TypeFunctions(Func<string, nint> find)
{
    public readonly delegate* unmanaged<int, nint> Create = (delegate* unmanaged<int, nint>)find("duckdb_create_logical_type");
    public readonly delegate* unmanaged<nint, nint> CreateList = (delegate* unmanaged<nint, nint>)find("duckdb_create_list_type");
    public readonly delegate* unmanaged<nint*, void> Destroy = (delegate* unmanaged<nint*, void>)find("duckdb_destroy_logical_type");
    public readonly delegate* unmanaged<nint, int> Id = (delegate* unmanaged<nint, int>)find("duckdb_get_type_id");
    public readonly delegate* unmanaged<nint, byte*> Alias = (delegate* unmanaged<nint, byte*>)find("duckdb_logical_type_get_alias");
    public readonly delegate* unmanaged<nint, byte> DecimalWidth = (delegate* unmanaged<nint, byte>)find("duckdb_decimal_width");
    public readonly delegate* unmanaged<nint, byte> DecimalScale = (delegate* unmanaged<nint, byte>)find("duckdb_decimal_scale");
    public readonly delegate* unmanaged<nint, int> DecimalInternal = (delegate* unmanaged<nint, int>)find("duckdb_decimal_internal_type");
    public readonly delegate* unmanaged<nint, nint> ListChild = (delegate* unmanaged<nint, nint>)find("duckdb_list_type_child_type");
    public readonly delegate* unmanaged<nint, nint> ArrayChild = (delegate* unmanaged<nint, nint>)find("duckdb_array_type_child_type");
    public readonly delegate* unmanaged<nint, ulong> ArraySize = (delegate* unmanaged<nint, ulong>)find("duckdb_array_type_array_size");
    public readonly delegate* unmanaged<nint, nint> MapKey = (delegate* unmanaged<nint, nint>)find("duckdb_map_type_key_type");
    public readonly delegate* unmanaged<nint, nint> MapValue = (delegate* unmanaged<nint, nint>)find("duckdb_map_type_value_type");
    public readonly delegate* unmanaged<nint, ulong> StructCount = (delegate* unmanaged<nint, ulong>)find("duckdb_struct_type_child_count");
    public readonly delegate* unmanaged<nint, ulong, byte*> StructName = (delegate* unmanaged<nint, ulong, byte*>)find("duckdb_struct_type_child_name");
    public readonly delegate* unmanaged<nint, ulong, nint> StructChild = (delegate* unmanaged<nint, ulong, nint>)find("duckdb_struct_type_child_type");
}
