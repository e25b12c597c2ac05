using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace Sluice.Pool;

/// <summary>
/// Vectors left in their segments' files, which are mapped into memory: the system reads what is touched and may drop it again, so that rows need no memory of the process
/// but eight bytes each. The files of a pool are never changed in place, so a mapping stays good while it is open.
/// </summary>
internal sealed class MappedVectors(int count, int width) : IPoolVectors
{
    private readonly List<MemoryMappedViewAccessor> _views = [];
    private readonly nint[] _starts = new nint[count];

    public int Count => count;

    public int Width => width;

    /// <summary>Maps a file of whole rows and returns the address of its first number. Throws <see cref="InvalidDataException"/> when it holds fewer than <paramref name="rows"/>: touching what is not there would end the process.</summary>
    public nint Add(string path, long rows)
    {
        long expected = rows * width * sizeof(float);
        long found = new FileInfo(path).Length;
        if (found < expected)
        {
            throw new InvalidDataException($"Found {found} bytes in {path}, expected {expected}. Run 'sluice verify' on the pool.");
        }

        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, expected, MemoryMappedFileAccess.Read);
        _views.Add(view);
        return view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;
    }

    /// <summary>Says where a row lies: in the file mapped at an address, and at which place there.</summary>
    public void Place(int index, nint file, long row) => _starts[index] = file + (nint)(row * width * sizeof(float));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe ReadOnlySpan<float> Row(int index)
    {
        // KCenterBenchmark, Mapped: a pointer a row is what makes a mapped row as near as one in an array. The view outlives the span by the interface's contract.
        ObjectDisposedException.ThrowIf(_views.Count == 0, this);
        return new ReadOnlySpan<float>((void*)_starts[index], width);
    }

    public void Dispose()
    {
        foreach (MemoryMappedViewAccessor view in _views)
        {
            view.Dispose();
        }

        _views.Clear();
    }
}
