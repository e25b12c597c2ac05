namespace Sluice.DuckDb.Interop;

/// <summary>Fills a temporary table through one chunk that is used again and again.</summary>
internal sealed unsafe class TableAppender : IDisposable
{
    private readonly DuckDbApi _api;
    private readonly NativeHandle _appender;
    private readonly NativeHandle _chunk;

    /// <param name="api">The library.</param>
    /// <param name="connection">The connection that owns the table.</param>
    /// <param name="table">Name of the temporary table.</param>
    /// <param name="types">Logical types of its columns, which stay the caller's.</param>
    public TableAppender(DuckDbApi api, nint connection, string table, IReadOnlyList<nint> types)
    {
        _api = api;
        nint handle = 0;
        int state;
        fixed (byte* catalog = "temp\0"u8)
        fixed (byte* schema = "main\0"u8)
        fixed (byte* name = DuckDbApi.Terminated(table))
        {
            state = api.Appending.Create(connection, catalog, schema, name, &handle);
        }

        _appender = new NativeHandle(handle, api.Appending.Destroy);
        if (state != 0)
        {
            using (_appender)
            {
                throw Error();
            }
        }

        fixed (nint* all = types.ToArray())
        {
            _chunk = new NativeHandle(api.Vectors.CreateChunk(all, (ulong)types.Count), api.Vectors.DestroyChunk);
        }

        Capacity = (int)api.VectorSize();
    }

    /// <summary>Rows a chunk can hold.</summary>
    public int Capacity { get; }

    /// <summary>A column of the chunk to fill.</summary>
    public WritableVector this[int column] => new(_api.Vectors, _api.Vectors.ChunkVector(_chunk.Value, (ulong)column));

    /// <summary>Appends the first <paramref name="count"/> rows of the chunk and empties it.</summary>
    public void Flush(int count)
    {
        _api.Vectors.SetChunkSize(_chunk.Value, (ulong)count);
        Check(_api.Appending.AppendChunk(_appender.Value, _chunk.Value));
        _api.Vectors.ResetChunk(_chunk.Value);
    }

    /// <summary>Makes all rows part of the table.</summary>
    public void Complete() => Check(_api.Appending.Close(_appender.Value));

    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private void Check(int state)
    {
        if (state != 0)
        {
            throw Error();
        }
    }

    private DuckDbException Error() => new(DuckDbError.Unknown, DuckDbApi.Text(_api.Appending.Error(_appender.Value)));
}
