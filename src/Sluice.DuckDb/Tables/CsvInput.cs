using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>Reads a CSV file (RFC 4180, with a header) as a table whose types hold for all of its rows.</summary>
internal static class CsvInput
{
    /// <summary>
    /// The SQL that stands for the file. The dialect is given, not guessed: texts full of commas and quotes mislead a guess. An empty field is NULL, a quoted
    /// empty one a text. Dates stay text. One thread, as quoted line breaks make the start of a line hard to find elsewhere than at the file's.
    /// </summary>
    public static string Of(string path) =>
        $"read_csv({Sql.Input(path)}, header = true, delim = ',', quote = '\"', escape = '\"', comment = '', skip = 0, null_padding = false, strict_mode = true, sample_size = -1, allow_quoted_nulls = false, "
        + "auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'VARCHAR'], max_line_size = 8388608, parallel = false, hive_partitioning = false)";
}
