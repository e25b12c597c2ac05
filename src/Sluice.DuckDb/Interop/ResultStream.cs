namespace Sluice.DuckDb.Interop;

/// <summary>The rows of a query, a chunk (at most 2048 rows) at a time.</summary>
internal sealed unsafe class ResultStream : IDisposable
{
    private readonly DuckDbApi _api;
    private readonly DuckDbResult _result;
    private NativeHandle? _chunk;
    private bool _disposed;

    /// <summary>Runs <paramref name="pending"/>, which stays the caller's, until its first rows are there.</summary>
    public ResultStream(DuckDbApi api, nint pending)
    {
        _api = api;
        DuckDbResult result = default;
        int state = api.ExecutePending(pending, &result);
        _result = result;
        if (state != 0)
        {
            DuckDbException error = Error();
            Dispose();
            throw error;
        }
    }

    /// <summary>Rows in the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Fetches the next chunk; false at the end.</summary>
    public bool MoveNext()
    {
        _chunk?.Dispose();
        _chunk = null;
        nint chunk = _api.FetchChunk(_result);
        if (chunk == 0)
        {
            Count = 0;
            DuckDbException error = Error();
            return error.Message.Length == 0 ? false : throw error;
        }

        _chunk = new NativeHandle(chunk, _api.Vectors.DestroyChunk);
        Count = (int)_api.Vectors.ChunkSize(chunk);
        return Count > 0;
    }

    /// <summary>A column of the current chunk, valid until the next one is fetched.</summary>
    public Vector this[int column] => new(_api.Vectors, _api.Vectors.ChunkVector(_chunk!.Value, (ulong)column));

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _chunk?.Dispose();
        DuckDbResult result = _result;
        _api.DestroyResult(&result);
    }

    private DuckDbException Error()
    {
        DuckDbResult result = _result;
        return new DuckDbException((DuckDbError)_api.ResultErrorType(&result), DuckDbApi.Text(_api.ResultError(&result)));
    }
}
