using Sluice.DuckDb.Interop;
using Sluice.DuckDb.Rows;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Reads columns of a table file into memory.</summary>
internal sealed class TableReader(Connection connection, string path, TableKind kind, bool binaryAsText)
{
    /// <summary>The named columns in the order asked for; null: all in the file's order.</summary>
    public IReadOnlyList<NamedColumn> Read(IReadOnlyList<string>? names)
    {
        ParquetShape? shape = kind == TableKind.Parquet ? ParquetFooter.Read(connection, path) : null;

        // The library tells names apart without regard to case, and renames those that it cannot.
        return names is { Count: > 0 } && shape is not null && shape.Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == shape.Columns.Count
            ? Named(names, shape)
            : Any(names, shape);
    }

    private NamedColumn[] Named(IReadOnlyList<string> names, ParquetShape shape)
    {
        foreach (string name in names)
        {
            _ = Find(shape.Columns, name);
        }

        return Columns(connection, Source(), names, path, checked((int)shape.Rows));
    }

    /// <summary>Columns of a source. Those whose types are what is wanted anyway need one question, not two.</summary>
    /// <param name="connection">Asks.</param>
    /// <param name="source">The source in SQL.</param>
    /// <param name="names">The columns, which it has.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="rows">Rows to come.</param>
    public static NamedColumn[] Columns(Connection connection, string source, IReadOnlyList<string> names, string path, int rows)
    {
        using PreparedQuery plain = connection.Prepare($"SELECT {string.Join(", ", names.Select((name, i) => $"{Sql.Name(name)} AS c{i}"))} FROM {source}");
        IReadOnlyList<Column> bound = plain.Columns();
        ColumnReader[] readers = [.. bound.Select((column, i) => ColumnReader.For(column.Type, new ColumnPlace(path, names[i]), rows))];
        if (readers.Select((reader, i) => reader.TakesAsIs(bound[i].Type)).All(static asIs => asIs))
        {
            using ResultStream stream = plain.Stream();
            Take(stream, readers);
        }
        else
        {
            using ResultStream stream = connection.Stream($"SELECT {string.Join(", ", names.Select((name, i) => $"{readers[i].Select(Sql.Name(name))} AS c{i}"))} FROM {source}");
            Take(stream, readers);
        }

        return [.. readers.Select((reader, i) => new NamedColumn(names[i], reader.Finish()))];
    }

    private NamedColumn[] Any(IReadOnlyList<string>? names, ParquetShape? shape)
    {
        IReadOnlyList<Column> bound = Describe(out string source);
        IReadOnlyList<string> found = [.. bound.Select(column => column.Name)];
        found = shape?.Columns.Count == bound.Count ? shape.Columns : found;
        int[] chosen = names is null ? [.. Enumerable.Range(0, bound.Count)] : [.. names.Select(name => Find(found, name))];
        if (chosen.Length == 0)
        {
            return [];
        }

        ColumnReader[] readers = Readers([.. chosen.Select(at => bound[at] with { Name = found[at] })], shape);
        using (ResultStream stream = connection.Stream($"SELECT {string.Join(", ", chosen.Select((at, i) => $"{readers[i].Select(Sql.Name(bound[at].Name))} AS c{i}"))} FROM {source}"))
        {
            Take(stream, readers);
        }

        return [.. chosen.Select((at, i) => new NamedColumn(found[at], readers[i].Finish()))];
    }

    private ColumnReader[] Readers(IReadOnlyList<Column> columns, ParquetShape? shape) =>
        [.. columns.Select(column => ColumnReader.For(column.Type, new ColumnPlace(path, column.Name), checked((int)(shape?.Rows ?? 0))))];

    private static void Take(ResultStream stream, ColumnReader[] readers)
    {
        while (stream.MoveNext())
        {
            for (int i = 0; i < readers.Length; i++)
            {
                readers[i].Append(stream[i], stream.Count);
            }
        }
    }

    private string Source() => $"read_parquet({ParquetReader.Input(path, binaryAsText)})";

    private IReadOnlyList<Column> Describe(out string source)
    {
        if (kind == TableKind.JsonLines)
        {
            return JsonLinesInput.Describe(path, exact: false, out source, out _);
        }

        source = kind == TableKind.Parquet ? Source() : CsvInput.Of(path);
        return connection.Describe($"SELECT * FROM {source}");
    }

    private int Find(IReadOnlyList<string> found, string name)
    {
        for (int i = 0; i < found.Count; i++)
        {
            if (found[i] == name)
            {
                return i;
            }
        }

        throw new InvalidDataException($"'{path}' has no column '{name}'; it has {string.Join(", ", found.Select(column => $"'{column}'"))}.");
    }
}
