using System.Runtime.InteropServices;

namespace Sluice.Onnx;

/// <summary>An object of ONNX Runtime, given back by the release function of its kind.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    /// <summary>Takes an object over.</summary>
    /// <param name="pointer">The object.</param>
    /// <param name="release">Its release function.</param>
    public OrtHandle(nint pointer, nint release)
        : base(0, ownsHandle: true)
    {
        _release = (delegate* unmanaged<nint, void>)release;
        SetHandle(pointer);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The raw pointer; valid while the handle is.</summary>
    public nint Pointer => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
