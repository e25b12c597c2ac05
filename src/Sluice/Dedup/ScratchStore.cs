using System.Runtime.CompilerServices;

namespace Sluice.Dedup;

/// <summary>Runs of values by position, in the order they were added: all of them in a scratch file, the last ones also in memory, as a ring over the file's end.</summary>
/// <typeparam name="T">Value.</typeparam>
internal sealed class ScratchStore<T> : IDisposable
    where T : unmanaged
{
    private const int FlushBytes = 1024 * 1024;
    private readonly ScratchFile<T> _file;
    private readonly T[] _ring;
    private readonly int _flushLength;
    private readonly int _readLength;
    private long _length;
    private long _flushed;
    private long _ringStart;

    // What was read or joined last: values of the file from a position on.
    private T[] _scratch = [];
    private long _scratchStart;
    private int _scratchLength;

    /// <summary>Opens the scratch file. Throws <see cref="IOException"/> when it cannot be written.</summary>
    /// <param name="path">Path of the scratch file; what stood there is overwritten.</param>
    /// <param name="cacheBytes">Memory for the ring, at least 4 KiB.</param>
    /// <param name="readLength">Values that are read at least when the file is asked: those behind are often wanted next.</param>
    public ScratchStore(string path, long cacheBytes, int readLength = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cacheBytes, 4096);
        _file = new ScratchFile<T>(path);
        _ring = new T[Math.Min(cacheBytes / Unsafe.SizeOf<T>(), Array.MaxLength)];
        _flushLength = Math.Min(FlushBytes / Unsafe.SizeOf<T>(), _ring.Length);
        _readLength = readLength;
    }

    /// <summary>Values stored.</summary>
    public long Length => _length;

    /// <summary>Bytes of memory of the ring.</summary>
    public long Bytes => (long)_ring.Length * Unsafe.SizeOf<T>();

    /// <summary>Times that the file had to be read.</summary>
    public long FileReads { get; private set; }

    /// <summary>Stores values and answers their position.</summary>
    public long Append(ReadOnlySpan<T> values)
    {
        long position = _length;
        if (_length - _flushed + values.Length > _flushLength)
        {
            Flush();
        }

        if (values.Length > _flushLength)
        {
            // A set as long as that goes past the ring, which then starts anew behind it.
            _file.Write(values, position);
            _length += values.Length;
            _flushed = _length;
            _ringStart = _length;
            return position;
        }

        int at = (int)(position % _ring.Length);
        int first = Math.Min(values.Length, _ring.Length - at);
        values[..first].CopyTo(_ring.AsSpan(at));
        values[first..].CopyTo(_ring);
        _length += values.Length;
        return position;
    }

    /// <summary>Values at a position; valid until the next call.</summary>
    public ReadOnlySpan<T> Read(long position, int count)
    {
        if (position >= Math.Max(_ringStart, _length - _ring.Length))
        {
            int at = (int)(position % _ring.Length);
            if (at + count <= _ring.Length)
            {
                return _ring.AsSpan(at, count);
            }

            Span<T> joined = Scratch(position, count);
            int first = _ring.Length - at;
            _ring.AsSpan(at).CopyTo(joined);
            _ring.AsSpan(0, count - first).CopyTo(joined[first..]);
            return joined;
        }

        if (position < _scratchStart || position + count > _scratchStart + _scratchLength)
        {
            FileReads++;
            _file.Read(Scratch(position, (int)Math.Max(count, Math.Min(_readLength, _flushed - position))), position);
        }

        return _scratch.AsSpan((int)(position - _scratchStart), count);
    }

    /// <summary>Closes and deletes the scratch file.</summary>
    public void Dispose() => _file.Dispose();

    private Span<T> Scratch(long position, int count)
    {
        if (_scratch.Length < count)
        {
            _scratch = new T[Math.Max(count, _scratch.Length * 2)];
        }

        _scratchStart = position;
        _scratchLength = count;
        return _scratch.AsSpan(0, count);
    }

    private void Flush()
    {
        while (_flushed < _length)
        {
            int at = (int)(_flushed % _ring.Length);
            int count = (int)Math.Min(_length - _flushed, _ring.Length - at);
            _file.Write(_ring.AsSpan(at, count), _flushed);
            _flushed += count;
        }
    }
}
