using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Dedup;

/// <summary>A file of numbers or records that can be made again: created empty, read where it was written, deleted on dispose. What the disk refuses is an <see cref="IOException"/>.</summary>
/// <typeparam name="T">Element.</typeparam>
internal sealed class ScratchFile<T> : IDisposable
    where T : unmanaged
{
    private static readonly int s_size = Unsafe.SizeOf<T>();
    private readonly SafeFileHandle _file;

    /// <summary>Creates the file; what stood there is overwritten.</summary>
    public ScratchFile(string path) => _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    /// <summary>Writes elements from a position on.</summary>
    public void Write(ReadOnlySpan<T> values, long position) => RandomAccess.Write(_file, MemoryMarshal.AsBytes(values), position * s_size);

    /// <summary>Fills <paramref name="values"/> with what was written from a position on.</summary>
    public void Read(Span<T> values, long position)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file, bytes[done..], (position * s_size) + done);
            done += read > 0 ? read : throw new EndOfStreamException($"A scratch file of dedup ends at byte {(position * s_size) + done}, where {bytes.Length - done} more were written: it was cut by someone else. Run again.");
        }
    }

    /// <summary>Closes and deletes the file.</summary>
    public void Dispose() => _file.Dispose();
}
