using System.Runtime.InteropServices;

namespace Sluice.Onnx;

/// <summary>A name in native memory, made once so that runs need not encode it again.</summary>
internal sealed class Utf8Name : SafeHandle
{
    /// <summary>Copies a name.</summary>
    public Utf8Name(string name)
        : base(0, ownsHandle: true) => SetHandle(Marshal.StringToCoTaskMemUTF8(name));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The name, ended by a zero byte.</summary>
    public nint Pointer => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Marshal.FreeCoTaskMem(handle);
        return true;
    }
}
