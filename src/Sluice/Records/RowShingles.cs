using System.Buffers;

namespace Sluice.Records;

/// <summary>The shingle sets of a batch's rows and their band keys, side by side in rented arrays: nothing is allocated a row. Filled by one thread, then read only.</summary>
public sealed class RowShingles : IDisposable
{
    private readonly int _bands;
    private readonly int[] _ends;
    private readonly uint[] _keys;
    private ulong[] _hashes;

    /// <param name="rows">Rows to come.</param>
    /// <param name="bands">Band keys a row.</param>
    public RowShingles(int rows, int bands)
    {
        _bands = bands;
        _ends = ArrayPool<int>.Shared.Rent(rows + 1);
        _ends[0] = 0;
        _keys = ArrayPool<uint>.Shared.Rent(Math.Max(1, rows * bands));
        _hashes = ArrayPool<ulong>.Shared.Rent(Math.Max(16, rows * 128));
    }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Sorted distinct hashes of a row's word shingles; empty for a row without a word.</summary>
    public ReadOnlySpan<ulong> Set(int row) => _hashes.AsSpan(_ends[row].._ends[row + 1]);

    /// <summary>A row's band keys; of no meaning for a row without shingles.</summary>
    public ReadOnlySpan<uint> Keys(int row) => _keys.AsSpan(row * _bands, _bands);

    /// <summary>Room for the next row's shingles.</summary>
    public Span<ulong> Reserve(int most)
    {
        int used = _ends[Count];
        if (_hashes.Length - used < most)
        {
            ulong[] larger = ArrayPool<ulong>.Shared.Rent(checked(Math.Max(used + most, (int)Math.Min(used * 2L, Array.MaxLength))));
            _hashes.AsSpan(0, used).CopyTo(larger);
            ArrayPool<ulong>.Shared.Return(_hashes);
            _hashes = larger;
        }

        return _hashes.AsSpan(used, most);
    }

    /// <summary>Takes the next row: its set is the first <paramref name="count"/> hashes of the room reserved.</summary>
    /// <param name="count">Hashes.</param>
    /// <param name="keys">Takes the row's band keys.</param>
    public ReadOnlySpan<ulong> Add(int count, out Span<uint> keys)
    {
        keys = _keys.AsSpan(Count * _bands, _bands);
        _ends[Count + 1] = _ends[Count] + count;
        return Set(Count++);
    }

    /// <summary>Gives the arrays back. Nothing may be read any more.</summary>
    public void Dispose()
    {
        if (_hashes.Length == 0)
        {
            return;
        }

        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<uint>.Shared.Return(_keys);
        ArrayPool<ulong>.Shared.Return(_hashes);
        _hashes = [];
        Count = 0;
    }
}
