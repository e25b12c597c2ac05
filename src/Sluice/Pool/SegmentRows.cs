using Microsoft.Win32.SafeHandles;
using Sluice.Records;

namespace Sluice.Pool;

/// <summary>The rows of one segment: their bytes and where they came from.</summary>
internal sealed class SegmentRows : IDisposable
{
    private readonly SafeFileHandle _rows;
    private readonly int[] _file;
    private readonly long[] _number;
    private readonly long[] _offset;
    private readonly long[] _start;
    private readonly int[] _length;
    private readonly UInt128[] _hash;

    public SegmentRows(string folder, ITableFiles tables, long expected)
    {
        IReadOnlyList<NamedColumn> columns = tables.Read(Path.Combine(folder, SegmentFiles.Index), ["file", "number", "offset", "start", "bytes", "hash_high", "hash_low"]);
        _file = [.. Values(0).Select(v => (int)v)];
        _number = Values(1);
        _offset = Values(2);
        _start = Values(3);
        _length = [.. Values(4).Select(v => (int)v)];
        long[] high = Values(5);
        long[] low = Values(6);
        _hash = [.. high.Select((h, i) => new UInt128((ulong)h, (ulong)low[i]))];
        if (_file.Length != expected)
        {
            throw new InvalidDataException($"Found {_file.Length} rows in {folder}, expected {expected} as in the ledger. Run 'sluice verify' on the pool.");
        }

        _rows = File.OpenHandle(Path.Combine(folder, SegmentFiles.Rows), FileMode.Open, FileAccess.Read, FileShare.Read);

        long[] Values(int column) => ((IntegerData)columns[column].Data).Values;
    }

    public int Count => _file.Length;

    public byte[] Read(int index)
    {
        byte[] bytes = new byte[_length[index]];
        int at = 0;
        while (at < bytes.Length)
        {
            int read = RandomAccess.Read(_rows, bytes.AsSpan(at), _start[index] + at);
            if (read == 0)
            {
                throw new InvalidDataException($"Row {index} of a segment is cut short at byte {_start[index] + at}. Run 'sluice verify' on the pool.");
            }

            at += read;
        }

        return bytes;
    }

    public RowOrigin Origin(int index) => new(_file[index], _number[index], _offset[index]);

    public int Length(int index) => _length[index];

    public UInt128 Hash(int index) => _hash[index];

    public void Dispose() => _rows.Dispose();
}
