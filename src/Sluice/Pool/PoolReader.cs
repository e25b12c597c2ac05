using System.Runtime.InteropServices;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Reads a committed pool: rows, ids and columns. What the ledger does not name is not seen.</summary>
internal sealed partial class PoolReader : IColumnSource, IDisposable
{
    private readonly ITableFiles _tables;
    private readonly Dictionary<int, SegmentRows> _segments = [];
    private readonly long[] _firstRows;

    // Steps, outputs and report read the same few columns one after the other; what is small a row stays.
    private readonly Dictionary<string, ColumnData> _columns = new(StringComparer.Ordinal);

    private PoolReader(string folder, PoolPlan plan, IReadOnlyList<LedgerRecord> records, ITableFiles tables)
    {
        Folder = folder;
        Plan = plan;
        Records = records;
        _tables = tables;
        _firstRows = [.. records.Select(r => r.FirstRow)];
        Rows = records.Sum(r => r.Rows);
    }

    /// <summary>The pool's folder.</summary>
    public string Folder { get; }

    /// <summary>What it was made from.</summary>
    public PoolPlan Plan { get; }

    /// <summary>Its segments.</summary>
    public IReadOnlyList<LedgerRecord> Records { get; }

    /// <summary>Rows in the pool, duplicates included.</summary>
    public long Rows { get; }

    /// <inheritdoc/>
    public string Identity => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
        string.Join('\n', Records.Select(r => $"{r.FirstRow} {r.Rows} {r.Stored.FirstOrDefault(f => f.Name == SegmentFiles.Rows)?.Sha256}")))));

    /// <summary>Rows by fate.</summary>
    public RowCounts Counts => Records.Aggregate(default(RowCounts), static (a, r) => a + r.Counts);

    /// <summary>
    /// Opens a pool. <paramref name="path"/> is the pool's folder or a work directory that holds one in <c>pool</c>.
    /// Throws <see cref="InvalidDataException"/> that says what a pool is when there is none.
    /// </summary>
    public static PoolReader Open(string path, ITableFiles tables)
    {
        string folder = Locate(path);
        PoolPlan plan = PoolPlan.Load(folder)!;
        return new PoolReader(folder, plan, Ledger.Open(folder).Records, tables);
    }

    /// <summary>The pool's folder for a path that may name the pool or its work directory.</summary>
    public static string Locate(string path)
    {
        string full = Path.GetFullPath(path);
        foreach (string folder in (ReadOnlySpan<string>)[full, Path.Combine(full, "pool")])
        {
            if (File.Exists(Path.Combine(folder, PoolPlan.FileName)))
            {
                return folder;
            }
        }

        throw new InvalidDataException($"{path} holds no pool: found no {PoolPlan.FileName} in it or in its folder 'pool'. Make one with 'sluice run' or 'sluice import'.");
    }

    /// <summary>The columns that every segment has, in name order.</summary>
    public IReadOnlyList<StoredColumn> Columns()
    {
        List<LedgerRecord> filled = [.. Records.Where(r => r.Rows > 0)];
        return filled.Count == 0 ? [] : [.. filled[0].Columns
            .Where(c => filled.All(r => r.Columns.Any(o => o.Name == c.Name)))
            .OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>A column over all rows, read whole. Numbers and categories are read once and given to everyone who asks, so nobody may change them. Throws <see cref="InvalidDataException"/> listing the pool's columns when there is no such one.</summary>
    public ColumnData Column(string name)
    {
        if (Rows == 0)
        {
            throw new InvalidDataException($"The pool {Folder} holds no rows, so it has no column '{name}'.");
        }

        if (name == PoolColumns.Source && !Columns().Any(c => c.Name == name))
        {
            return Sources();
        }

        if (_columns.TryGetValue(name, out ColumnData? held))
        {
            return held;
        }

        CheckOneModel(name);
        ColumnData column = ColumnJoin.Join(name, ColumnChunks.Read([.. Records.Where(r => r.Rows > 0)], record => Column(record, name), out int texts));
        if (column is NumberData or IntegerData || (column is TextData && texts < ColumnChunks.MostShared))
        {
            _columns[name] = column;
        }

        return column;
    }

    // Kept by no column, as the plan says it: each row's file by its label, or by its name where it has none.
    private TextData Sources()
    {
        string?[] values = new string?[Rows];
        for (int segment = 0; segment < Records.Count; segment++)
        {
            LedgerRecord record = Records[segment];
            SegmentRows? rows = record.Rows == 0 ? null : SegmentRows(segment);
            for (int i = 0; i < record.Rows; i++)
            {
                PlannedFile file = Plan.Files[rows!.Place(i).File];
                values[record.FirstRow + i] = file.Label.Length > 0 ? file.Label : file.Name;
            }

            Release(segment);
        }

        return new TextData(values);
    }

    /// <summary>A column over the rows of one segment. Throws <see cref="InvalidDataException"/> listing the pool's columns when there is no such one.</summary>
    public ColumnData Column(LedgerRecord record, string name)
    {
        StoredColumn column = Find(record, name);
        string path = Path.Combine(SegmentFiles.PathOf(Folder, record.Segment), column.File);
        ColumnData data = column.Kind == ColumnKind.Vector ? ReadVectors(path, record.Rows, column.Width) : _tables.Read(path, [name])[0].Data;
        return data.Count == record.Rows
            ? data
            : throw new InvalidDataException($"Found {data.Count} values in {path}, expected {record.Rows}. Run 'sluice verify' on the pool.");
    }

    /// <summary>Whether the pool has a column.</summary>
    public bool Has(string name) => Columns().Any(c => c.Name == name) || (name == PoolColumns.Source && Rows > 0);

    /// <summary>The vectors of the given rows, in that order, as one row-major matrix.</summary>
    public VectorData Vectors(string name, IReadOnlyList<long> rows)
    {
        StoredColumn column = VectorColumn(name);
        float[] values = new float[checked(rows.Count * column.Width)];
        // Segment by segment and in file order, whatever order the rows are asked in: the disk is read forward once.
        int[] order = InFileOrder(rows);
        int at = 0;
        while (at < order.Length)
        {
            int segment = SegmentOf(rows[order[at]]);
            LedgerRecord record = Records[segment];
            StoredColumn stored = OfWidth(record, name, segment, column.Width);
            using FileStream stream = new(Path.Combine(SegmentFiles.PathOf(Folder, record.Segment), stored.File), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 18);
            for (; at < order.Length && rows[order[at]] < record.FirstRow + record.Rows; at++)
            {
                stream.Position = (rows[order[at]] - record.FirstRow) * column.Width * sizeof(float);
                stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(order[at] * column.Width, column.Width)));
            }
        }

        return new VectorData(values, column.Width);
    }

    /// <summary>A row's original JSON object, as UTF-8 on one line.</summary>
    public byte[] ReadRow(long row) => Segment(row, out int index).Read(index);

    /// <summary>Where a row was read.</summary>
    public RowOrigin Origin(long row) => Segment(row, out int index).Origin(index);

    /// <summary>A row's id, <c>file#number</c>.</summary>
    public string Id(long row)
    {
        (int file, long number) = Segment(row, out int index).Place(index);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Plan.Files[file].Name}#{number}");
    }

    /// <summary>The rows of one segment, for restoring a resumed run's state.</summary>
    public SegmentRows SegmentRows(int segment)
    {
        if (!_segments.TryGetValue(segment, out SegmentRows? rows))
        {
            _segments[segment] = rows = new SegmentRows(SegmentFiles.PathOf(Folder, segment), _tables, Records[segment].Rows);
        }

        return rows;
    }

    /// <summary>Forgets what is held of a segment.</summary>
    public void Release(int segment)
    {
        if (_segments.Remove(segment, out SegmentRows? rows))
        {
            rows.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentRows rows in _segments.Values)
        {
            rows.Dispose();
        }
    }

    private SegmentRows Segment(long row, out int index)
    {
        int segment = SegmentOf(row);
        index = (int)(row - _firstRows[segment]);
        return SegmentRows(segment);
    }

    /// <summary>The 0-based segment that holds a row.</summary>
    public int SegmentOf(long row)
    {
        if (row < 0 || row >= Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The pool has rows 0 to {Rows - 1}.");
        }

        int at = Array.BinarySearch(_firstRows, row);
        if (at < 0)
        {
            return ~at - 1;
        }

        // Segments without rows share their first row with the next one.
        while (Records[at].Rows == 0)
        {
            at++;
        }

        return at;
    }

    // Numbers of two models must not be compared: a rescoring was cut off in between.
    private void CheckOneModel(string name)
    {
        string[] makers = [.. Records.Where(r => r.Rows > 0).Select(r => Find(r, name).Fingerprint).Distinct()];
        if (makers.Length > 1)
        {
            throw new InvalidDataException($"Found the scores of {makers.Length} models in column '{name}' of {Folder}, expected those of one: scoring again was cut off. Run the pipeline again; it goes on there.");
        }
    }

    private StoredColumn Find(LedgerRecord record, string name) => record.Columns.FirstOrDefault(c => c.Name == name) ?? throw NoColumn(name);

    private InvalidDataException NoColumn(string name) => new(
        $"The pool has no column '{name}'.{Diagnostics.Suggestion.DidYouMean(name, Columns().Select(c => c.Name))} It has: {string.Join(", ", Columns().Select(c => c.Name))}.");

    private static VectorData ReadVectors(string path, long rows, int width)
    {
        float[] values = new float[checked(rows * width)];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new VectorData(values, width);
    }

    private static int[] InFileOrder(IReadOnlyList<long> rows)
    {
        int[] order = new int[rows.Count];
        long[] keys = new long[rows.Count];
        bool sorted = true;
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, rows[i]);
            sorted = sorted && (i == 0 || keys[i - 1] <= keys[i]);
        }

        if (!sorted)
        {
            Array.Sort(keys, order);
        }

        return order;
    }
}
