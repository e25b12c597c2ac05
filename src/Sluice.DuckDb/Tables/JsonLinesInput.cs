using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Reads a JSON Lines file as a table whose types hold for all of its rows.</summary>
internal static class JsonLinesInput
{
    private const int LeastObjectBytes = 1 << 20;

    /// <summary>
    /// The SQL that stands for the file. Texts stay the texts they are: the library would take those that look like dates, times or identifiers for such,
    /// and write them differently.
    /// </summary>
    public static string Of(Connection connection, string path)
    {
        string file = Sql.Input(path);

        // Its buffers are twice the size of the largest object it is told of, one a thread.
        string options = $"format = 'newline_delimited', records = true, hive_partitioning = false, maximum_object_size = {Math.Max(LeastObjectBytes, LongestLine(path) + 16)}";
        string inferred = $"read_json({file}, {options}, sample_size = -1)";
        IReadOnlyList<Column> columns = connection.Describe($"SELECT * FROM {inferred}");

        // Fields that differ by case alone have been renamed (a, A_1) and would not be found again under the new name.
        if (columns.Any(column => IsRenamed(column.Name, columns)))
        {
            return inferred;
        }

        string types = string.Join(", ", columns.Select(column => $"{Sql.Name(column.Name)}: {Sql.Text(column.Type.Plain().ToSql())}"));
        return $"read_json({file}, {options}, columns = {{{types}}})";
    }

    private static bool IsRenamed(string name, IReadOnlyList<Column> columns)
    {
        int suffix = name.LastIndexOf('_');
        return suffix > 0
            && suffix < name.Length - 1
            && !name.AsSpan(suffix + 1).ContainsAnyExceptInRange('0', '9')
            && columns.Any(other => other.Name.AsSpan().Equals(name.AsSpan(0, suffix), StringComparison.OrdinalIgnoreCase));
    }

    private static long LongestLine(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = new byte[1 << 18];
        long longest = 0;
        long line = 0;
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, read);
            for (int at; (at = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(at + 1)..])
            {
                longest = Math.Max(longest, line + at);
                line = 0;
            }

            line += rest.Length;
        }

        return Math.Max(longest, line);
    }
}
