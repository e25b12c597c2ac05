namespace Sluice.DuckDb.Interop;

/// <summary>The library's functions about chunks and vectors. A vector belongs to its chunk.</summary>
internal sealed unsafe class VectorFunctions(Func<string, nint> find)
{
    public readonly delegate* unmanaged<nint*, void> DestroyChunk = (delegate* unmanaged<nint*, void>)find("duckdb_destroy_data_chunk");
    public readonly delegate* unmanaged<nint, ulong> ChunkSize = (delegate* unmanaged<nint, ulong>)find("duckdb_data_chunk_get_size");
    public readonly delegate* unmanaged<nint, ulong, void> SetChunkSize = (delegate* unmanaged<nint, ulong, void>)find("duckdb_data_chunk_set_size");
    public readonly delegate* unmanaged<nint, ulong, nint> ChunkVector = (delegate* unmanaged<nint, ulong, nint>)find("duckdb_data_chunk_get_vector");
    public readonly delegate* unmanaged<nint, void*> Data = (delegate* unmanaged<nint, void*>)find("duckdb_vector_get_data");
    public readonly delegate* unmanaged<nint, ulong*> Validity = (delegate* unmanaged<nint, ulong*>)find("duckdb_vector_get_validity");
    public readonly delegate* unmanaged<nint, void> EnsureValidity = (delegate* unmanaged<nint, void>)find("duckdb_vector_ensure_validity_writable");
    public readonly delegate* unmanaged<nint, ulong, byte*, ulong, void> AssignText = (delegate* unmanaged<nint, ulong, byte*, ulong, void>)find("duckdb_unsafe_vector_assign_string_element_len");
    public readonly delegate* unmanaged<nint, nint> ListChild = (delegate* unmanaged<nint, nint>)find("duckdb_list_vector_get_child");
    public readonly delegate* unmanaged<nint, ulong, int> ReserveList = (delegate* unmanaged<nint, ulong, int>)find("duckdb_list_vector_reserve");
    public readonly delegate* unmanaged<nint, ulong, int> SetListSize = (delegate* unmanaged<nint, ulong, int>)find("duckdb_list_vector_set_size");
    public readonly delegate* unmanaged<nint, nint> ArrayChild = (delegate* unmanaged<nint, nint>)find("duckdb_array_vector_get_child");
    public readonly delegate* unmanaged<nint, ulong, nint> StructChild = (delegate* unmanaged<nint, ulong, nint>)find("duckdb_struct_vector_get_child");
}
