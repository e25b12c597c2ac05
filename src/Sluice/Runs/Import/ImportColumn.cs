using Sluice.Records;

namespace Sluice.Runs.Import;

/// <summary>A column computed elsewhere, read slice by slice: <c>.npy</c> straight from the file, the others from a table with <c>row</c> and a value.</summary>
internal sealed class ImportColumn : IDisposable
{
    private readonly NpyFile? _npy;
    private readonly ColumnData? _data;

    private ImportColumn(string name, NpyFile? npy, ColumnData? data, long rows)
    {
        Name = name;
        _npy = npy;
        _data = data;
        Rows = rows;
    }

    /// <summary>Name in the pool.</summary>
    public string Name { get; }

    /// <summary>Rows that the file speaks of: its length for .npy, the highest row plus one for tables.</summary>
    public long Rows { get; }

    /// <summary>Whether the file must have a value for every row (.npy: the position is the row).</summary>
    public bool IsPositional => _npy is not null;

    /// <summary>Opens a column file. Throws <see cref="InvalidDataException"/> naming file, found and expected.</summary>
    public static ImportColumn Open(string name, string path, ITableFiles tables)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            NpyFile npy = NpyFile.Open(path);
            return new ImportColumn(name, npy, null, npy.Rows);
        }

        IReadOnlyList<NamedColumn> columns = tables.Read(path, null);
        NamedColumn? rows = columns.FirstOrDefault(c => c.Name.Equals("row", StringComparison.OrdinalIgnoreCase));
        NamedColumn[] values = [.. columns.Where(c => c != rows)];
        NamedColumn? value = values.Length == 1 ? values[0] : values.FirstOrDefault(c => c.Name.Equals("value", StringComparison.OrdinalIgnoreCase) || c.Name == name);
        if (rows?.Data is not IntegerData numbers || value is null)
        {
            throw new InvalidDataException($"{path}: found the columns {string.Join(", ", columns.Select(c => c.Name))}, expected 'row' (whole numbers, 0-based) and one value column ('value').");
        }

        return new ImportColumn(name, null, Scatter(numbers.Values, value.Data, path, out long count), count);
    }

    /// <summary>The values of consecutive rows. Rows past the end of a table are absent.</summary>
    public ColumnData Slice(long first, int count)
    {
        if (_npy is not null)
        {
            return _npy.IsMatrix ? new VectorData(_npy.ReadFloats(first, count), _npy.Width) : new NumberData(_npy.Read(first, count));
        }

        return _data switch
        {
            IntegerData d => new IntegerData(Take(d.Values, first, count, IntegerData.Missing)),
            NumberData d => new NumberData(Take(d.Values, first, count, double.NaN)),
            TextData d => new TextData(Take(d.Values, first, count, null)),
            NumberListData d => new NumberListData(Take(d.Values, first, count, null)),
            TextListData d => new TextListData(Take(d.Values, first, count, null)),
            _ => throw new InvalidOperationException($"Column '{Name}' cannot be sliced. This is a bug."),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _npy?.Dispose();

    private static ColumnData Scatter(long[] rows, ColumnData data, string path, out long count)
    {
        count = rows.Length == 0 ? 0 : rows.Max() + 1;
        HashSet<long> seen = [];
        foreach (long row in rows)
        {
            if (row < 0 || !seen.Add(row))
            {
                throw new InvalidDataException($"{path}: found row {row} {(row < 0 ? "below 0" : "twice")}, expected each 0-based row once.");
            }
        }

        long n = count;
        return data switch
        {
            IntegerData d => new IntegerData(Place(rows, d.Values, n, IntegerData.Missing)),
            NumberData d => new NumberData(Place(rows, d.Values, n, double.NaN)),
            TextData d => new TextData(Place(rows, d.Values, n, null)),
            NumberListData d => new NumberListData(Place(rows, d.Values, n, null)),
            TextListData d => new TextListData(Place(rows, d.Values, n, null)),
            _ => throw new InvalidDataException($"{path}: the value column is of no kind that a pool holds."),
        };
    }

    private static T[] Place<T>(long[] rows, T[] values, long count, T missing)
    {
        T[] placed = new T[count];
        Array.Fill(placed, missing);
        for (int i = 0; i < rows.Length; i++)
        {
            placed[rows[i]] = values[i];
        }

        return placed;
    }

    private static T[] Take<T>(T[] values, long first, int count, T missing)
    {
        T[] slice = new T[count];
        for (int i = 0; i < count; i++)
        {
            slice[i] = first + i < values.Length ? values[first + i] : missing;
        }

        return slice;
    }
}
