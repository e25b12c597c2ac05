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
        IReadOnlyList<Column> bound = Describe(out string source);
        IReadOnlyList<string> found = [.. bound.Select(column => column.Name)];
        int rows = 0;
        if (kind == TableKind.Parquet)
        {
            ParquetShape shape = ParquetFooter.Read(connection, path);
            rows = checked((int)shape.Rows);
            found = shape.Columns.Count == bound.Count ? shape.Columns : found;
        }

        int[] chosen = names is null ? [.. Enumerable.Range(0, bound.Count)] : [.. names.Select(name => Find(found, name))];
        if (chosen.Length == 0)
        {
            return [];
        }

        ColumnReader[] readers = [.. chosen.Select(i => ColumnReader.For(bound[i].Type, new ColumnPlace(path, found[i]), rows))];
        using (ResultStream stream = connection.Stream($"SELECT {string.Join(", ", chosen.Select((at, i) => $"{readers[i].Select(Sql.Name(bound[at].Name))} AS c{i}"))} FROM {source}"))
        {
            while (stream.MoveNext())
            {
                for (int i = 0; i < readers.Length; i++)
                {
                    readers[i].Append(stream[i], stream.Count);
                }
            }
        }

        return [.. chosen.Select((at, i) => new NamedColumn(found[at], readers[i].Finish()))];
    }

    private IReadOnlyList<Column> Describe(out string source)
    {
        if (kind == TableKind.JsonLines)
        {
            return JsonLinesInput.Describe(path, exact: false, out source, out _);
        }

        source = kind == TableKind.Parquet ? $"read_parquet({ParquetReader.Input(path, binaryAsText)})" : CsvInput.Of(path);
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
