using System.Security.Cryptography;
using Sluice.Endpoints;
using Sluice.Records;

namespace Sluice.Stages;

/// <summary>Values computed elsewhere, one a row, found by the row's place in the pool or by its id. Rows that the file does not speak of get none.</summary>
/// <typeparam name="T">A text, or a list of texts.</typeparam>
internal sealed class FileValues<T> : IRowValues<T>
    where T : class
{
    private readonly Dictionary<long, int>? _byRow;
    private readonly Dictionary<string, int>? _byId;
    private readonly Func<int, RowValue<T>> _read;
    private readonly RowIds _ids;
    private readonly EndpointMeter _meter;

    private FileValues(string fingerprint, Dictionary<long, int>? byRow, Dictionary<string, int>? byId, Func<int, RowValue<T>> read, RowIds ids, EndpointMeter meter)
    {
        Fingerprint = fingerprint;
        _byRow = byRow;
        _byId = byId;
        _read = read;
        _ids = ids;
        _meter = meter;
    }

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Opens a file. Throws <see cref="InvalidDataException"/> with found and expected when a key or the values are missing or a key stands twice.</summary>
    /// <param name="path">A <c>.jsonl</c> or <c>.parquet</c> file.</param>
    /// <param name="names">Names that the value's column may have, the first found wins.</param>
    /// <param name="reader">Makes a reader of the value at a position, or null when the column holds something else.</param>
    /// <param name="mark">What else decides the values, for the fingerprint.</param>
    /// <param name="tables">Reads the file.</param>
    /// <param name="ids">Names rows.</param>
    /// <param name="meter">Counts the values found.</param>
    public static FileValues<T> Open(string path, string[] names, Func<ColumnData, Func<int, RowValue<T>>?> reader, string mark, ITableFiles tables, RowIds ids, EndpointMeter meter)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".jsonl" or ".parquet"))
        {
            throw new InvalidDataException($"Found the file {path}, expected one that ends with .jsonl or .parquet.");
        }

        IReadOnlyList<NamedColumn> columns = tables.Read(path, null);
        Func<int, RowValue<T>>? read = names.Select(Find).FirstOrDefault(found => found is not null) is { } data ? reader(data) : null;
        var rows = Find("row") as IntegerData;
        var texts = Find("id") as TextData;
        if (read is null || (rows is null && texts is null))
        {
            throw new InvalidDataException(
                $"Found the columns {string.Join(", ", columns.Select(c => c.Name))} in {path}, expected 'row' (whole numbers) or 'id' (file#number), and {string.Join(" or ", names.Select(n => $"'{n}'"))}.");
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        string fingerprint = $"file {Convert.ToHexStringLower(SHA256.HashData(stream))}{mark}";
        return rows is not null
            ? new FileValues<T>(fingerprint, Index(rows.Values, path), null, read, ids, meter)
            : new FileValues<T>(fingerprint, null, Index([.. texts!.Values.Select(id => id ?? "")], path), read, ids, meter);

        ColumnData? Find(string name) => columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Data;
    }

    /// <inheritdoc/>
    public ValueTask<RowValue<T>> OfAsync(Sample row, CancellationToken token)
    {
        int at;
        if (!(_byRow?.TryGetValue(row.Row, out at) ?? _byId!.TryGetValue(_ids.Of(row), out at)))
        {
            return ValueTask.FromResult(default(RowValue<T>));
        }

        RowValue<T> value = _read(at);
        if (value.Value is not null)
        {
            _meter.Read();
        }

        return ValueTask.FromResult(value);
    }

    private static Dictionary<TKey, int> Index<TKey>(TKey[] keys, string path)
        where TKey : notnull
    {
        Dictionary<TKey, int> index = new(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            if (!index.TryAdd(keys[i], i))
            {
                throw new InvalidDataException($"Found the row {keys[i]} twice in {path}, expected each once.");
            }
        }

        return index;
    }
}
