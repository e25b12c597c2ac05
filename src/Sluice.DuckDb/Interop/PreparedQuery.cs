namespace Sluice.DuckDb.Interop;

/// <summary>A query of a connection, which must outlive it.</summary>
internal sealed unsafe class PreparedQuery : IDisposable
{
    private readonly DuckDbApi _api;
    private readonly NativeHandle _statement;

    /// <param name="api">The library.</param>
    /// <param name="statement">The prepared statement, which this owns.</param>
    public PreparedQuery(DuckDbApi api, NativeHandle statement) => (_api, _statement) = (api, statement);

    /// <summary>Names and types of the rows it gives.</summary>
    public IReadOnlyList<Column> Columns()
    {
        var columns = new Column[(int)_api.PreparedColumnCount(_statement.Value)];
        for (int i = 0; i < columns.Length; i++)
        {
            using NativeHandle type = new(_api.PreparedColumnLogicalType(_statement.Value, (ulong)i), _api.Types.Destroy);
            columns[i] = new Column(_api.TakeText(_api.PreparedColumnName(_statement.Value, (ulong)i)), ColumnType.Read(_api, type.Value));
        }

        return columns;
    }

    /// <summary>Starts it; its rows are made as they are fetched. They must be disposed before the connection runs another.</summary>
    public ResultStream Stream()
    {
        nint handle = 0;
        int state = _api.PendingPreparedStreaming(_statement.Value, &handle);
        using NativeHandle pending = new(handle, _api.DestroyPending);
        if (state != 0)
        {
            throw new DuckDbException(DuckDbError.Unknown, DuckDbApi.Text(_api.PendingError(handle)));
        }

        return new ResultStream(_api, pending.Value);
    }

    public void Dispose() => _statement.Dispose();
}
