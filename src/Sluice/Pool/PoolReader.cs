using System.Runtime.InteropServices;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Reads a committed pool: rows, ids and columns. What the ledger does not name is not seen.</summary>
internal sealed partial class PoolReader : IColumnSource, IDisposable
{
    private const int MostSegmentsAtOnce = 64;
    private readonly ITableFiles _tables;
    private readonly SegmentRows?[] _segments;
    private readonly Lock _opening = new();
    private readonly Lock _reading = new();
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
        _segments = new SegmentRows?[records.Count];
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

    /// <summary>Reads at once where the rows of all segments came from, for <see cref="Hold"/>: before each row's <see cref="Id"/> is asked for.</summary>
    internal IEnumerable<(int Segment, SegmentRows Rows)> ReadPlaces()
    {
        // In parts, so that numbers that are not packed yet stay few.
        foreach (int[] part in Enumerable.Range(0, Records.Count).Where(s => Records[s].Rows > 0).Chunk(MostSegmentsAtOnce))
        {
            IReadOnlyList<SegmentRows> rows = Pool.SegmentRows.Open([.. part.Select(s => (SegmentFiles.PathOf(Folder, s), Records[s].Rows))], _tables);
            for (int i = 0; i < part.Length; i++)
            {
                yield return (part[i], rows[i]);
            }
        }
    }

    /// <summary>Takes what was read, unless the segment is held already.</summary>
    internal void Hold(IEnumerable<(int Segment, SegmentRows Rows)> read)
    {
        lock (_opening)
        {
            foreach ((int segment, SegmentRows rows) in read)
            {
                if (_segments[segment] is null)
                {
                    Volatile.Write(ref _segments[segment], rows);
                }
                else
                {
                    rows.Dispose();
                }
            }
        }
    }

    /// <summary>The rows of one segment, for restoring a resumed run's state.</summary>
    public SegmentRows SegmentRows(int segment)
    {
        if (Volatile.Read(ref _segments[segment]) is { } held)
        {
            return held;
        }

        lock (_opening)
        {
            SegmentRows rows = _segments[segment] ?? Pool.SegmentRows.Open([(SegmentFiles.PathOf(Folder, segment), Records[segment].Rows)], _tables)[0];
            Volatile.Write(ref _segments[segment], rows);
            return rows;
        }
    }

    /// <summary>Forgets what is held of a segment, which nobody reads any more.</summary>
    public void Release(int segment)
    {
        _segments[segment]?.Dispose();
        _segments[segment] = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentRows? rows in _segments)
        {
            rows?.Dispose();
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
