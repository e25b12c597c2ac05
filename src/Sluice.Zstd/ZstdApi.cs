using System.Runtime.InteropServices;
using Sluice.Natives;

namespace Sluice.Zstd;

/// <summary>The functions of libzstd's stable API that are used here (zstd.h of 1.4 and later), bound by name.</summary>
internal sealed unsafe class ZstdApi
{
    public readonly delegate* unmanaged<nint> CreateDecoder;
    public readonly delegate* unmanaged<nint, nuint> FreeDecoder;
    public readonly delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint> Decompress;
    public readonly delegate* unmanaged<nuint> DecoderInputSize;
    public readonly delegate* unmanaged<nint> CreateEncoder;
    public readonly delegate* unmanaged<nint, nuint> FreeEncoder;
    public readonly delegate* unmanaged<nint, int, int, nuint> SetParameter;
    public readonly delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, int, nuint> Compress;
    public readonly delegate* unmanaged<nuint> EncoderOutputSize;
    private readonly delegate* unmanaged<nuint, uint> _isError;
    private readonly delegate* unmanaged<nuint, byte*> _errorName;

    public ZstdApi(string libraryPath)
    {
        nint library = NativeFile.Load(
            libraryPath,
            "libzstd.so.1",
            "Linux distributions carry it (package libzstd1 or libzstd); a build of this program puts it beside the program.");
        nint Find(string name) => NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw new EntryPointNotFoundException($"libzstd.so.1 has no function {name}: found an older library, expected zstd 1.4 or later.");

        CreateDecoder = (delegate* unmanaged<nint>)Find("ZSTD_createDStream");
        FreeDecoder = (delegate* unmanaged<nint, nuint>)Find("ZSTD_freeDStream");
        Decompress = (delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, nuint>)Find("ZSTD_decompressStream");
        DecoderInputSize = (delegate* unmanaged<nuint>)Find("ZSTD_DStreamInSize");
        CreateEncoder = (delegate* unmanaged<nint>)Find("ZSTD_createCStream");
        FreeEncoder = (delegate* unmanaged<nint, nuint>)Find("ZSTD_freeCStream");
        SetParameter = (delegate* unmanaged<nint, int, int, nuint>)Find("ZSTD_CCtx_setParameter");
        Compress = (delegate* unmanaged<nint, ZstdBuffer*, ZstdBuffer*, int, nuint>)Find("ZSTD_compressStream2");
        EncoderOutputSize = (delegate* unmanaged<nuint>)Find("ZSTD_CStreamOutSize");
        _isError = (delegate* unmanaged<nuint, uint>)Find("ZSTD_isError");
        _errorName = (delegate* unmanaged<nuint, byte*>)Find("ZSTD_getErrorName");
    }

    /// <summary>What is wrong, or null when <paramref name="code"/> is no error.</summary>
    public string? Error(nuint code) => _isError(code) == 0 ? null : Marshal.PtrToStringUTF8((nint)_errorName(code));
}
