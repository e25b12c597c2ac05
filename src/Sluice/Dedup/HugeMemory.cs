using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Dedup;

/// <summary>
/// Memory outside of the collector's heap for tables that are read at random: given back when it is disposed of, and in huge pages where the system has them, as with small ones
/// each read would walk the page tables as well. The cost of both: <c>bench/benchmarks.sh near-growth</c>.
/// </summary>
internal sealed unsafe partial class HugeMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int PageBytes = 2 << 20;
    private const int LineBytes = 64;
    private const int AdviseHugePages = 14;

    /// <summary>Takes memory of any content, which becomes resident as it is touched.</summary>
    /// <param name="bytes">How much.</param>
    public HugeMemory(long bytes)
        : base(ownsHandle: true)
    {
        bool isLarge = bytes >= PageBytes;
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(isLarge ? PageBytes : LineBytes)));
        Bytes = bytes;
        if (isLarge && OperatingSystem.IsLinux())
        {
            // What it answers is of no interest: without huge pages all goes on.
            _ = Advise(handle, (nuint)bytes, AdviseHugePages);
        }
    }

    /// <summary>Bytes taken.</summary>
    public long Bytes { get; }

    /// <summary>The first byte, at a multiple of 64; good until the memory is disposed of.</summary>
    public byte* Start => (byte*)handle;

    /// <summary>Sets all bytes to zero.</summary>
    public void Clear() => NativeMemory.Clear(Start, (nuint)Bytes);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint bytes, int advice);
}
