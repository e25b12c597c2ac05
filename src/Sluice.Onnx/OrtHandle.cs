using System.Runtime.InteropServices;

namespace Sluice.Onnx;

/// <summary>An object of ONNX Runtime, given back by the release function of its kind.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;
    private readonly SafeHandle? _owner;

    /// <summary>Takes an object over.</summary>
    /// <param name="pointer">The object.</param>
    /// <param name="release">Its release function.</param>
    /// <param name="owner">An object that must outlive it, or null.</param>
    public OrtHandle(nint pointer, nint release, SafeHandle? owner = null)
        : base(0, ownsHandle: true)
    {
        _release = (delegate* unmanaged<nint, void>)release;
        if (owner is not null)
        {
            bool added = false;
            owner.DangerousAddRef(ref added);
            _owner = owner;
        }

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
        _owner?.DangerousRelease();
        return true;
    }
}
