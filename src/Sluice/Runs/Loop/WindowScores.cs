using System.Globalization;
using Sluice.Records;
using Sluice.Runs.Import;

namespace Sluice.Runs.Loop;

/// <summary>Scores that were computed elsewhere for the rows of a window: by row (<c>.csv</c>, <c>.jsonl</c>, <c>.parquet</c>) or in the window's order (<c>.npy</c>).</summary>
internal sealed class WindowScores
{
    private const int Named = 5;
    private readonly string _path;
    private readonly long[]? _rows;
    private readonly double[] _values;

    private WindowScores(string path, long[]? rows, double[] values)
    {
        _path = path;
        _rows = rows;
        _values = values;
    }

    /// <summary>Reads a file. Throws <see cref="InvalidDataException"/> naming file, found and expected.</summary>
    public static WindowScores Read(string path, ITableFiles tables)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            using NpyFile npy = NpyFile.Open(path);
            return npy.Width == 1
                ? new WindowScores(path, null, npy.Read(0, checked((int)npy.Rows)))
                : throw new InvalidDataException($"{path}: found {npy.Width} numbers a row, expected one score each.");
        }

        IReadOnlyList<NamedColumn> columns = tables.Read(path, null);
        ColumnData? rows = columns.FirstOrDefault(c => c.Name.Equals("row", StringComparison.OrdinalIgnoreCase))?.Data;
        ColumnData? values = columns.FirstOrDefault(c => c.Name.Equals("value", StringComparison.OrdinalIgnoreCase))?.Data;
        double[]? numbers = values switch
        {
            NumberData d => d.Values,
            IntegerData d => Array.ConvertAll(d.Values, static v => v == IntegerData.Missing ? double.NaN : v),
            _ => null,
        };
        return rows is IntegerData whole && numbers is not null
            ? new WindowScores(path, whole.Values, numbers)
            : throw new InvalidDataException($"{path}: found the columns {string.Join(", ", columns.Select(c => c.Name))}, expected 'row' (whole numbers, 0-based pool rows) and 'value' (numbers).");
    }

    /// <summary>The scores in a window's order. Every row that is missing, too many or there twice goes to <paramref name="errors"/>; null then.</summary>
    public double[]? For(long[] window, List<string> errors)
    {
        if (_rows is null)
        {
            if (_values.Length == window.Length)
            {
                return _values;
            }

            errors.Add($"{_path}: found {_values.Length} scores, expected {window.Length}, one for each row of the window in its order.");
            return null;
        }

        Dictionary<long, double> byRow = [];
        List<long> twice = [];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (!byRow.TryAdd(_rows[i], _values[i]))
            {
                twice.Add(_rows[i]);
            }
        }

        HashSet<long> wanted = [.. window];
        int before = errors.Count;
        Add(errors, [.. twice.Distinct().Order()], "stand more than once", "each row of the window once");
        Add(errors, [.. window.Where(row => !byRow.ContainsKey(row)).Order()], "of the window are missing", "a score for each; leave its value empty where there is none");
        Add(errors, [.. byRow.Keys.Where(row => !wanted.Contains(row)).Order()], "are not in the window", "only rows of the window");
        return errors.Count > before ? null : [.. window.Select(row => byRow[row])];
    }

    /// <summary>The first few of many rows, for messages.</summary>
    public static string Some(IReadOnlyList<long> rows) =>
        string.Join(", ", rows.Take(Named).Select(row => row.ToString(CultureInfo.InvariantCulture))) + (rows.Count > Named ? $" and {rows.Count - Named} more" : "");

    private void Add(List<string> errors, IReadOnlyList<long> rows, string what, string expected)
    {
        if (rows.Count > 0)
        {
            errors.Add($"{_path}: {rows.Count} rows {what} ({Some(rows)}), expected {expected}.");
        }
    }
}
