using Microsoft.Win32.SafeHandles;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>The rows of one segment: their bytes and where they came from. Offsets and digests are read when they are first asked for. Members may be called from several threads.</summary>
internal sealed class SegmentRows : IDisposable
{
    private readonly string _folder;
    private readonly Lazy<SafeFileHandle> _rows;
    private readonly PackedNumbers _file;
    private readonly PackedNumbers _number;
    private readonly PackedNumbers _start;
    private readonly PackedNumbers _length;
    private readonly Lazy<PackedNumbers> _offset;
    private readonly Lazy<(long[] High, long[] Low)> _hash;

    private SegmentRows(string folder, ITableFiles tables, long expected, PackedNumbers[] places)
    {
        _folder = folder;
        (_file, _number, _start, _length) = (places[0], places[1], places[2], places[3]);
        _offset = new(() => new PackedNumbers(Read("offset")[0]));
        _hash = new(() => Read("hash_high", "hash_low") is [var high, var low] ? (high, low) : default);
        _rows = new(() => File.OpenHandle(Path.Combine(folder, SegmentFiles.Rows), FileMode.Open, FileAccess.Read, FileShare.Read));

        long[][] Read(params string[] names) => ReadIndex([(folder, expected)], tables, names);
    }

    /// <summary>Opens segments that follow each other or not, with one question for all of them. Throws <see cref="InvalidDataException"/> naming the file that holds another number of rows than it must.</summary>
    /// <param name="segments">Each one's folder and rows.</param>
    /// <param name="tables">Reads their index.</param>
    public static IReadOnlyList<SegmentRows> Open(IReadOnlyList<(string Folder, long Rows)> segments, ITableFiles tables)
    {
        long[][] columns = ReadIndex(segments, tables, "file", "number", "start", "bytes");
        SegmentRows[] opened = new SegmentRows[segments.Count];
        int at = 0;
        for (int i = 0; i < opened.Length; i++)
        {
            (string folder, long rows) = segments[i];
            Range own = at..(at += (int)rows);
            opened[i] = new SegmentRows(folder, tables, rows, Array.ConvertAll(columns, c => new PackedNumbers(c[own])));
        }

        return opened;
    }

    public int Count => _file.Count;

    public byte[] Read(int index)
    {
        byte[] bytes = new byte[Length(index)];
        long start = _start[index];
        int at = 0;
        while (at < bytes.Length)
        {
            int read = RandomAccess.Read(_rows.Value, bytes.AsSpan(at), start + at);
            if (read == 0)
            {
                throw new InvalidDataException($"Row {index} of {_folder} is cut short at byte {start + at}. Run 'sluice verify' on the pool.");
            }

            at += read;
        }

        return bytes;
    }

    /// <summary>The file, by its place in the plan, and the 1-based number in it that a row was read from.</summary>
    public (int File, long Number) Place(int index) => ((int)_file[index], _number[index]);

    public RowOrigin Origin(int index) => new((int)_file[index], _number[index], _offset.Value[index]);

    public int Length(int index) => (int)_length[index];

    public UInt128 Hash(int index) => new((ulong)_hash.Value.High[index], (ulong)_hash.Value.Low[index]);

    private static long[][] ReadIndex(IReadOnlyList<(string Folder, long Rows)> segments, ITableFiles tables, params string[] names)
    {
        try
        {
            return [.. tables.ReadJoined([.. segments.Select(s => (Path.Combine(s.Folder, SegmentFiles.Index), s.Rows))], names).Select(c => ((IntegerData)c.Data).Values)];
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} Run 'sluice verify' on the pool.", error);
        }
    }

    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }
    }
}
