using Sluice.DuckDb.Tables;

namespace Sluice.DuckDb.Interop;

/// <summary>Runs statements, one at a time.</summary>
internal sealed unsafe class Connection(DuckDbApi api, nint connection) : IDisposable
{
    private readonly NativeHandle _handle = new(connection, api.Disconnect);

    /// <summary>Runs a statement to its end, its rows unread.</summary>
    public void Execute(string sql)
    {
        DuckDbResult result = default;
        fixed (byte* text = DuckDbApi.Terminated(sql))
        {
            int state = api.Query(_handle.Value, text, &result);
            try
            {
                if (state != 0)
                {
                    throw new DuckDbException((DuckDbError)api.ResultErrorType(&result), DuckDbApi.Text(api.ResultError(&result)));
                }
            }
            finally
            {
                api.DestroyResult(&result);
            }
        }
    }

    /// <summary>Names and types of the rows a query would give.</summary>
    public IReadOnlyList<Column> Describe(string sql)
    {
        using PreparedQuery query = Prepare(sql);
        return query.Columns();
    }

    /// <summary>Starts a query whose rows are made as they are fetched. It must be disposed before the connection runs another.</summary>
    public ResultStream Stream(string sql)
    {
        using PreparedQuery query = Prepare(sql);
        return query.Stream();
    }

    /// <summary>Makes scans of columns in memory known to the database, for all of its connections.</summary>
    public void RegisterScans() => ColumnScan.Register(api, _handle.Value);

    /// <summary>Ends the statement that runs, from any thread.</summary>
    public void Interrupt() => api.Interrupt(_handle.Value);

    public void Dispose() => _handle.Dispose();

    /// <summary>Readies a query.</summary>
    public PreparedQuery Prepare(string sql)
    {
        nint statement = 0;
        fixed (byte* text = DuckDbApi.Terminated(sql))
        {
            int state = api.Prepare(_handle.Value, text, &statement);
            NativeHandle handle = new(statement, api.DestroyPrepare);
            if (state == 0)
            {
                return new PreparedQuery(api, handle);
            }

            using (handle)
            {
                string message = DuckDbApi.Text(api.PrepareError(statement));
                throw new DuckDbException(Classify(message), message);
            }
        }
    }

    // A failed prepare hands out its message alone, which begins with the kind of the error.
    private static DuckDbError Classify(string message) => message switch
    {
        _ when message.StartsWith("IO Error", StringComparison.Ordinal) => DuckDbError.InputOutput,
        _ when message.StartsWith("Out of Memory Error", StringComparison.Ordinal) => DuckDbError.OutOfMemory,
        _ when message.StartsWith("FATAL Error", StringComparison.Ordinal) => DuckDbError.Fatal,
        _ when message.StartsWith("INTERNAL Error", StringComparison.Ordinal) => DuckDbError.Internal,
        _ => DuckDbError.Unknown,
    };
}
