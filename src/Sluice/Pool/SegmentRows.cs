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

    public SegmentRows(string folder, ITableFiles tables, long expected)
    {
        _folder = folder;
        PackedNumbers[] columns = [.. Read("file", "number", "start", "bytes").Select(c => new PackedNumbers(c))];
        (_file, _number, _start, _length) = (columns[0], columns[1], columns[2], columns[3]);
        _offset = new(() => new PackedNumbers(Read("offset")[0]));
        _hash = new(() => Read("hash_high", "hash_low") is [var high, var low] ? (high, low) : default);
        _rows = new(() => File.OpenHandle(Path.Combine(folder, SegmentFiles.Rows), FileMode.Open, FileAccess.Read, FileShare.Read));

        long[][] Read(params string[] names)
        {
            long[][] values = [.. tables.Read(Path.Combine(folder, SegmentFiles.Index), names).Select(c => ((IntegerData)c.Data).Values)];
            return values[0].Length == expected
                ? values
                : throw new InvalidDataException($"Found {values[0].Length} rows in {folder}, expected {expected} as in the ledger. Run 'sluice verify' on the pool.");
        }
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

    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }
    }
}
