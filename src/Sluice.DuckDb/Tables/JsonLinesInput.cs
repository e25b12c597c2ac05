using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Reads a JSON Lines file as a table whose types hold for all of its rows.</summary>
internal static class JsonLinesInput
{
    private const int LeastObjectBytes = 1 << 20;

    /// <summary>The columns of the file, in the order they first occur in it; none for a file without rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exact">Whether numbers that the library cannot hold exactly stay JSON; else they become doubles.</param>
    /// <param name="source">The SQL that stands for the file.</param>
    /// <param name="scan">What was seen of the file.</param>
    public static IReadOnlyList<Column> Describe(string path, bool exact, out string source, out JsonLinesScan scan)
    {
        scan = new JsonLinesScan(path);
        Column[] columns = [.. scan.Row.Fields.Select(field => new Column(field.Name, field.Shape.ToType(exact)))];
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (Column column in columns)
        {
            if (column.Name.Length == 0)
            {
                throw new InvalidDataException($"Found a field without a name in '{path}', expected names.");
            }

            if (!names.TryAdd(column.Name, column.Name))
            {
                throw new InvalidDataException(
                    $"Found the fields '{names[column.Name]}' and '{column.Name}' in '{path}', expected names that differ by more than case. Rename one, or write JSON Lines.");
            }
        }

        // The library's buffers are twice the size of the largest object it is told of, one a thread.
        string types = string.Join(", ", columns.Select(column => $"{Sql.Name(column.Name)}: {Sql.Text(column.Type.ToSql())}"));
        source = $"read_json({Sql.Input(path)}, format = 'newline_delimited', records = true, hive_partitioning = false, "
            + $"maximum_object_size = {Math.Max(LeastObjectBytes, scan.Longest + 16)}, columns = {{{types}}})";
        return columns;
    }
}
