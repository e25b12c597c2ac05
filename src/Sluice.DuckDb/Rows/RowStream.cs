using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Rows;

/// <summary>Rows of a query as JSON objects, a slice of one array each.</summary>
internal sealed class RowStream : IDisposable
{
    // Rows of a megabyte would make a chunk of gigabytes: hand over what there is.
    private const int MostBytes = 16 << 20;

    private readonly ResultStream _stream;
    private readonly JsonNode[] _columns;
    private readonly byte[][] _keys;
    private int _expected = 1 << 16;
    private int _row;

    /// <param name="connection">Runs the query until this is disposed.</param>
    /// <param name="sql">A query whose columns have plain types.</param>
    /// <param name="columns">Their names in the JSON, and types.</param>
    public RowStream(Connection connection, string sql, IReadOnlyList<Column> columns)
    {
        _columns = [.. columns.Select(column => new JsonNode(column.Type.Plain()))];
        _keys = [.. columns.Select((column, i) => JsonNode.Key(column.Name, first: i == 0))];
        _stream = connection.Stream(sql);
    }

    /// <summary>The next rows, at most one chunk of the library; empty at the end. The memory is the caller's.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Next()
    {
        if (_row == _stream.Count)
        {
            if (!_stream.MoveNext())
            {
                return [];
            }

            _row = 0;
            for (int i = 0; i < _columns.Length; i++)
            {
                _columns[i].Bind(_stream[i]);
            }
        }

        JsonBuffer json = new(_expected);
        var ends = new List<int>(_stream.Count - _row);
        for (; _row < _stream.Count && json.Length < MostBytes; _row++)
        {
            json.Raw((byte)'{');
            for (int i = 0; i < _columns.Length; i++)
            {
                json.Raw(_keys[i]);
                _columns[i].Write(json, _row);
            }

            json.Raw((byte)'}');
            ends.Add(json.Length);
        }

        // Chunks of a file are alike: the next fits without being moved as it grows.
        _expected = json.Length + (json.Length / 8);
        return Slice(json.Written, ends);
    }

    public void Dispose() => _stream.Dispose();

    private static ReadOnlyMemory<byte>[] Slice(ReadOnlyMemory<byte> bytes, List<int> ends)
    {
        var rows = new ReadOnlyMemory<byte>[ends.Count];
        int start = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = bytes[start..ends[i]];
            start = ends[i];
        }

        return rows;
    }
}
