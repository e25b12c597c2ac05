using System.Buffers;

namespace Sluice.Dedup;

/// <summary>Writes a <see cref="SortedRun"/> from its first entry to its last.</summary>
internal sealed class SortedRunWriter : IDisposable
{
    /// <summary>Marks an entry: a run without the key is asked in vain once in so many questions.</summary>
    public const int MarksAnEntry = 6;

    private const int BufferEntries = 32 * 1024;

    private readonly int _bands;
    private readonly int _count;
    private readonly uint[] _fences;
    private readonly ulong[] _marks;
    private readonly uint _marksABand;
    private ScratchFile<ulong>? _file;
    private ulong[] _buffer = ArrayPool<ulong>.Shared.Rent(BufferEntries);
    private int _buffered;
    private long _written;
    private int _band;
    private int _inBand;
    private int _fence;

    /// <summary>Creates the run's file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bands">Keys an item.</param>
    /// <param name="count">Items to come: entries of each band.</param>
    /// <param name="markBytes">Bytes of marks at most.</param>
    public SortedRunWriter(string path, int bands, int count, long markBytes)
    {
        _bands = bands;
        _count = count;
        _fences = new uint[bands * (int)(((long)count + SortedRun.BlockEntries - 1) / SortedRun.BlockEntries)];
        long marks = Math.Min(Math.Min((long)count * MarksAnEntry, markBytes * 8 / bands), uint.MaxValue);

        // With fewer than one for two entries nearly every section holds one.
        _marksABand = marks < count / 2 ? 0 : (uint)marks;
        _marks = new ulong[(((ulong)_marksABand * (ulong)bands) + 63) >> 6];
        _file = new ScratchFile<ulong>(path);
    }

    /// <summary>Writes the next entries, which follow those before by band, key and item.</summary>
    public void Write(int band, ReadOnlySpan<ulong> entries)
    {
        if (band != _band)
        {
            (_band, _inBand) = (band, 0);
        }

        for (int block = (SortedRun.BlockEntries - (_inBand % SortedRun.BlockEntries)) % SortedRun.BlockEntries; block < entries.Length; block += SortedRun.BlockEntries)
        {
            _fences[_fence++] = BandEntry.Key(entries[block]);
        }

        _inBand += entries.Length;
        if (_marksABand > 0)
        {
            foreach (ulong entry in entries)
            {
                ulong mark = SortedRun.Mark(band, BandEntry.Key(entry), _marksABand);
                _marks[mark >> 6] |= 1ul << (int)(mark & 63);
            }
        }

        while (entries.Length > 0)
        {
            int part = Math.Min(entries.Length, BufferEntries - _buffered);
            entries[..part].CopyTo(_buffer.AsSpan(_buffered));
            entries = entries[part..];
            _buffered += part;
            if (_buffered == BufferEntries)
            {
                Flush();
            }
        }
    }

    /// <summary>The run, once all is written.</summary>
    public SortedRun Finish()
    {
        Flush();
        if (_written != (long)_bands * _count || _fence != _fences.Length)
        {
            throw new InvalidOperationException($"A run of {_count} items and {_bands} bands got {_written} entries. This is a bug.");
        }

        SortedRun run = new(_file!, _bands, _count, _fences, _marks, _marksABand);
        _file = null;
        return run;
    }

    /// <summary>Gives the buffer back, and deletes the file of a run that was not finished.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        SortBuffer.Return(_buffer);
        _buffer = [];
    }

    private void Flush()
    {
        _file!.Write(_buffer.AsSpan(0, _buffered), _written);
        _written += _buffered;
        _buffered = 0;
    }
}
