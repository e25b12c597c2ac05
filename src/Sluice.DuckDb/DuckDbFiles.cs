using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows;
using Sluice.DuckDb.Tables;
using Sluice.Records;

namespace Sluice.DuckDb;

/// <summary>
/// Parquet, JSON Lines and CSV files through DuckDB. All members may be called from several threads at once; they share the threads and the memory of one
/// database in memory, which starts at the first call. That call throws <see cref="DllNotFoundException"/> when the library is missing.
/// </summary>
public sealed class DuckDbFiles : ITableFiles, IParquetRows, IDisposable
{
    private readonly DuckDbOptions _options;
    private readonly DatabaseOwner _owner;
    private readonly IStreamDecoder? _zstandard;

    /// <summary>Creates the reader and writer; loads nothing yet.</summary>
    /// <param name="options">Threads and memory.</param>
    /// <param name="zstandard">Looks into Zstandard pages of nested Parquet columns before the library does; null: they are taken on trust.</param>
    public DuckDbFiles(DuckDbOptions options, IStreamDecoder? zstandard = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _zstandard = zstandard;
        _owner = new DatabaseOwner(options);
    }

    /// <inheritdoc/>
    public void Write(string path, IReadOnlyList<NamedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(columns);
        TableKind kind = TableKinds.Of(path);
        ColumnRules.Check(path, columns);
        if (kind == TableKind.JsonLines)
        {
            JsonLinesWriter.Write(path, columns);
            return;
        }

        Guard(
            path,
            () =>
            {
                using Connection connection = _owner.ConnectAlone();
                TableWriter.Write(_owner.Api, connection, path, kind, columns);
            },
            error => error.Writing(path));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedColumn> Read(string path, IReadOnlyList<string>? columns)
    {
        ArgumentNullException.ThrowIfNull(path);
        TableKind kind = TableKinds.Of(path);
        RequireFile(path);
        IReadOnlyList<NamedColumn> result = [];
        Run(path, connection => result = new TableReader(connection, path, kind, _options.BinaryAsText).Read(columns), error => error.Reading(path, ""));
        return result;
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedColumn> ReadJoined(IReadOnlyList<(string Path, long Rows)> files, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(columns);
        foreach ((string path, _) in files)
        {
            RequireFile(path);
        }

        try
        {
            using Connection connection = _owner.Connect();
            return new JoinedReader(connection, files, _options.BinaryAsText).Read(columns);
        }
        catch (DuckDbException error)
        {
            _owner.Report(error);

            // Which file it was is found by reading one after the other.
            foreach ((string path, _) in files)
            {
                Read(path, columns);
            }

            throw error.Reading(files[0].Path, $" together with {files.Count - 1} more");
        }
    }

    /// <inheritdoc/>
    public void ConvertJsonLinesToParquet(string jsonLinesPath, string parquetPath)
    {
        ArgumentNullException.ThrowIfNull(jsonLinesPath);
        ArgumentNullException.ThrowIfNull(parquetPath);
        RequireFile(jsonLinesPath);
        Guard(jsonLinesPath, Convert, error => error.Error == DuckDbError.InputOutput ? error.Writing(parquetPath) : error.Reading(jsonLinesPath, ""));

        void Convert()
        {
            if (JsonLinesInput.Describe(jsonLinesPath, exact: true, out string source, out JsonLinesScan scan).Count == 0)
            {
                throw new InvalidDataException($"Found no rows with fields in '{jsonLinesPath}', expected at least one, as a Parquet file needs columns.");
            }

            // Several threads would cut the rows into groups by how the file falls into buffers.
            using Database database = _owner.Alone();
            using Connection connection = database.Connect();
            connection.Execute(TableWriter.Parquet($"SELECT * FROM {source}", parquetPath, RowGroups.Size(scan.Bytes, scan.Lines)));
        }
    }

    /// <inheritdoc/>
    public ParquetShape ReadShape(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        RequireFile(path);
        ParquetShape? shape = null;
        Run(path, connection => shape = ParquetFooter.Read(connection, path), error => error.Reading(path, ""));
        return shape!;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A chunk's memory is in fact its own and stays valid. Dates, times and identifiers are text (points in time in UTC), maps are objects, byte arrays base64
    /// text (see <see cref="DuckDbOptions.BinaryAsText"/>), NaN is null and an infinite number 1e999. In a damaged file all rows before the first damaged
    /// 2048 of a row group are given, whatever the number of threads.
    /// </remarks>
    public IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRows(string path, long firstRow, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        return Stream(path, firstRow, token);
    }

    /// <summary>Ends the database and removes what it has spilled to disk.</summary>
    public void Dispose() => _owner.Dispose();

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"No file '{path}'.", path);
        }
    }

    private IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Stream(string path, long firstRow, CancellationToken token)
    {
        RequireFile(path);
        using ParquetReader reader = new(_owner, path, firstRow, _options.BinaryAsText, _zstandard, token);
        while (reader.Next() is { Count: > 0 } rows)
        {
            yield return rows;
        }
    }

    private void Run(string path, Action<Connection> task, Func<DuckDbException, Exception> translate) => Guard(
        path,
        () =>
        {
            using Connection connection = _owner.Connect();
            task(connection);
        },
        translate);

    private void Guard(string path, Action task, Func<DuckDbException, Exception> translate)
    {
        try
        {
            task();
        }
        catch (DuckDbException error)
        {
            _owner.Report(error);
            throw translate(error);
        }
        catch (ArgumentException error) when (error.ParamName == "text")
        {
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }
    }
}
