using System.Globalization;
using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows.Pages;
using Sluice.Records;

namespace Sluice.DuckDb.Rows;

/// <summary>
/// Streams the rows of one Parquet file. While the file is sound, one query streams it, with row groups decoded side by side. When that query fails, rows decoded
/// before the fault may be lost with it, how many depends on timing; so reading goes on in slices, one query each, up to the first that fails. Row groups whose
/// pages contradict the footer (<see cref="PageCheck"/>) are never shown to the library.
/// </summary>
internal sealed class ParquetReader : IDisposable
{
    // A slice is one vector of the library within a row group: with it alone wanted, the pages after it are not decoded.
    private const int SliceRows = 2048;
    private const string RowNumber = "file_row_number";

    private readonly DatabaseOwner _owner;
    private readonly Connection _connection;
    private readonly CancellationTokenRegistration _registration;
    private readonly string _path;
    private readonly CancellationToken _token;
    private readonly string _select;
    private readonly string _file;
    private readonly bool _canSlice;
    private readonly IReadOnlyList<Column> _columns;
    private readonly ParquetShape _shape;
    private RowStream? _stream;
    private readonly string? _fault;
    private readonly long _soundRows;
    private bool _slicing;
    private long _next;

    public ParquetReader(DatabaseOwner owner, string path, long firstRow, bool binaryAsText, IStreamDecoder? zstandard, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _owner = owner;
        _path = path;
        _token = token;
        _next = firstRow;
        _connection = owner.Connect();
        _registration = token.UnsafeRegister(connection => ((Connection)connection!).Interrupt(), _connection);
        try
        {
            _shape = ParquetFooter.Read(_connection, path);
            _file = Input(path, binaryAsText);
            IReadOnlyList<Column> found = _connection.Describe($"SELECT * FROM read_parquet({_file})");
            _select = string.Join(", ", found.Select(Select));
            _columns = [.. found.Select((column, i) => found.Count == _shape.Columns.Count ? column with { Name = _shape.Columns[i] } : column)];
            _canSlice = !found.Any(column => string.Equals(column.Name, RowNumber, StringComparison.OrdinalIgnoreCase));
            (int groups, _fault) = PageCheck.Find(path, zstandard);
            _soundRows = _shape.RowGroups.Take(groups).Sum();
            _slicing = _canSlice && _fault is not null;
        }
        catch (DuckDbException error)
        {
            throw Failed(error, "");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Arguments of read_parquet for a file.</summary>
    public static string Input(string path, bool binaryAsText) => $"{Sql.Input(path)}, hive_partitioning = false, binary_as_string = {(binaryAsText ? "true" : "false")}";

    /// <summary>The next rows; empty at the end.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Next()
    {
        _token.ThrowIfCancellationRequested();
        if (_next >= _shape.Rows)
        {
            return [];
        }

        if (_fault is not null && (!_canSlice || _next >= _soundRows))
        {
            throw new InvalidDataException($"Cannot read '{_path}'{Place()}: {_fault}.");
        }

        IReadOnlyList<ReadOnlyMemory<byte>> rows;
        try
        {
            rows = _slicing ? Slice() : Fetch();
        }
        catch (DuckDbException error) when (_canSlice && !_slicing && error.Error is not DuckDbError.OutOfMemory && !error.IsFatal && !_token.IsCancellationRequested)
        {
            _stream?.Dispose();
            _stream = null;
            _slicing = true;
            return Next();
        }
        catch (DuckDbException error)
        {
            throw Failed(error, Place());
        }

        _next += rows.Count;
        return rows.Count > 0
            ? rows
            : throw new InvalidDataException($"Cannot read '{_path}': found {_next} rows, expected {_shape.Rows} as in its footer.");
    }

    public void Dispose()
    {
        // First, and it waits: nobody may interrupt a connection that is gone.
        _registration.Dispose();
        _stream?.Dispose();
        _connection.Dispose();
    }

    private static string Select(Column column)
    {
        string name = Sql.Name(column.Name);
        ColumnType plain = column.Type.Plain();
        return ReferenceEquals(plain, column.Type) ? name : $"CAST({name} AS {plain.ToSql()})";
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Fetch()
    {
        if (_stream is null)
        {
            string rest = _next == 0 ? "" : _canSlice ? $" WHERE {RowNumber} >= {_next}" : $" OFFSET {_next}";
            _stream = new RowStream(_connection, From(rest), _columns);
        }

        return _stream.Next();
    }

    private List<ReadOnlyMemory<byte>> Slice()
    {
        long start = 0;
        int group = 0;
        while (start + _shape.RowGroups[group] <= _next)
        {
            start += _shape.RowGroups[group++];
        }

        long end = Math.Min(start + _shape.RowGroups[group], start + ((((_next - start) / SliceRows) + 1) * SliceRows));
        List<ReadOnlyMemory<byte>> rows = [];
        using RowStream stream = new(_connection, From($" WHERE {RowNumber} >= {_next} AND {RowNumber} < {end}"), _columns);
        while (stream.Next() is { Count: > 0 } some)
        {
            rows.AddRange(some);
        }

        return rows;
    }

    private string From(string rest) => $"SELECT {_select} FROM read_parquet({_file}{(_canSlice ? $", {RowNumber} = true" : "")}){rest}";

    private string Place() => string.Create(CultureInfo.InvariantCulture, $" at row number {_next + 1} or soon after (of {_shape.Rows})");

    private Exception Failed(DuckDbException error, string place)
    {
        Dispose();
        _owner.Report(error);
        return _token.IsCancellationRequested ? new OperationCanceledException(_token) : error.Reading(_path, place);
    }
}
