using System.Runtime.InteropServices;

namespace Sluice.Zstd;

/// <summary>Owns a decoder or encoder of the library.</summary>
internal sealed unsafe class ZstdHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, nuint> _free;

    /// <param name="value">The decoder or encoder; throws <see cref="InsufficientMemoryException"/> when it is 0.</param>
    /// <param name="free">The library's function that frees it.</param>
    public ZstdHandle(nint value, delegate* unmanaged<nint, nuint> free)
        : base(0, ownsHandle: true)
    {
        _free = free;
        SetHandle(value != 0 ? value : throw new InsufficientMemoryException("zstd found no memory for its state."));
    }

    public override bool IsInvalid => handle == 0;

    public nint Value => handle;

    protected override bool ReleaseHandle()
    {
        _free(handle);
        return true;
    }
}
