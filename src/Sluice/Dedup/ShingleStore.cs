using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Dedup;

/// <summary>
/// Shingle sets by position, in the order they were added: all of them in a scratch file, the last ones also in memory, as a ring over the file's end. The file
/// holds nothing that cannot be made again; it is created empty and deleted on dispose.
/// </summary>
internal sealed class ShingleStore : IDisposable
{
    private const int FlushLength = 128 * 1024;
    private readonly SafeFileHandle _file;
    private readonly ulong[] _ring;
    private long _length;
    private long _flushed;
    private long _ringStart;
    private ulong[] _scratch = [];

    /// <summary>Opens the scratch file. Throws <see cref="IOException"/> when it cannot be written.</summary>
    /// <param name="path">Path of the scratch file; what stood there is overwritten.</param>
    /// <param name="cacheBytes">Memory for the ring, at least 4 KiB.</param>
    public ShingleStore(string path, long cacheBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cacheBytes, 4096);
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        _ring = new ulong[Math.Min(cacheBytes / sizeof(ulong), Array.MaxLength)];
    }

    /// <summary>Hashes stored.</summary>
    public long Length => _length;

    /// <summary>Sets that had to be read back from the file.</summary>
    public long FileReads { get; private set; }

    /// <summary>Stores a set and answers its position.</summary>
    public long Append(ReadOnlySpan<ulong> set)
    {
        long position = _length;
        if (_length - _flushed + set.Length > Math.Min(FlushLength, _ring.Length))
        {
            Flush();
        }

        if (set.Length > Math.Min(FlushLength, _ring.Length))
        {
            // A set as long as that goes past the ring, which then starts anew behind it.
            RandomAccess.Write(_file, MemoryMarshal.AsBytes(set), position * sizeof(ulong));
            _length += set.Length;
            _flushed = _length;
            _ringStart = _length;
            return position;
        }

        int at = (int)(position % _ring.Length);
        int first = Math.Min(set.Length, _ring.Length - at);
        set[..first].CopyTo(_ring.AsSpan(at));
        set[first..].CopyTo(_ring);
        _length += set.Length;
        return position;
    }

    /// <summary>The set at a position; valid until the next call.</summary>
    public ReadOnlySpan<ulong> Read(long position, int count)
    {
        if (position >= Math.Max(_ringStart, _length - _ring.Length))
        {
            int at = (int)(position % _ring.Length);
            if (at + count <= _ring.Length)
            {
                return _ring.AsSpan(at, count);
            }

            Span<ulong> joined = Scratch(count);
            int first = _ring.Length - at;
            _ring.AsSpan(at).CopyTo(joined);
            _ring.AsSpan(0, count - first).CopyTo(joined[first..]);
            return joined;
        }

        FileReads++;
        Span<ulong> set = Scratch(count);
        Span<byte> bytes = MemoryMarshal.AsBytes(set);
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file, bytes[done..], position * sizeof(ulong) + done);
            done += read > 0 ? read : throw new EndOfStreamException($"The scratch file of near dedup ends at byte {position * sizeof(ulong) + done}, where {bytes.Length - done} more were written: it was cut by someone else. Run again.");
        }

        return set;
    }

    /// <summary>Closes and deletes the scratch file.</summary>
    public void Dispose() => _file.Dispose();

    private Span<ulong> Scratch(int count)
    {
        if (_scratch.Length < count)
        {
            _scratch = new ulong[Math.Max(count, _scratch.Length * 2)];
        }

        return _scratch.AsSpan(0, count);
    }

    private void Flush()
    {
        while (_flushed < _length)
        {
            int at = (int)(_flushed % _ring.Length);
            int count = (int)Math.Min(_length - _flushed, _ring.Length - at);
            RandomAccess.Write(_file, MemoryMarshal.AsBytes<ulong>(_ring.AsSpan(at, count)), _flushed * sizeof(ulong));
            _flushed += count;
        }
    }
}
