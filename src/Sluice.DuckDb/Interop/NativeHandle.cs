using System.Runtime.InteropServices;

namespace Sluice.DuckDb.Interop;

/// <summary>
/// Owns one object of the library and destroys it once. Callers hold it in a <c>using</c>, so that it outlives every call made with <see cref="Value"/>.
/// </summary>
internal sealed unsafe class NativeHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint*, void> _destroy;

    /// <param name="value">The object; 0 for none.</param>
    /// <param name="destroy">The library's function that destroys it and clears the pointer.</param>
    public NativeHandle(nint value, delegate* unmanaged<nint*, void> destroy)
        : base(0, ownsHandle: true)
    {
        _destroy = destroy;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    public nint Value => handle;

    protected override bool ReleaseHandle()
    {
        nint value = handle;
        _destroy(&value);
        return true;
    }
}
