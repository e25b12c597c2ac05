using System.Runtime.InteropServices;
using Sluice.Inference;
using Sluice.Natives;

namespace Sluice.Onnx;

/// <summary>ONNX Runtime's C API: the loaded library, its function table and its errors.</summary>
internal sealed unsafe class OrtLibrary
{
    // The newest function used here (the generic AppendExecutionProvider) came with 1.12; asking for no more lets every later build serve.
    private const uint ApiVersion = 12;
    private const string Remedy = "Run the build again (it fetches the library), or set Inference:LibraryPath.";

    private readonly nint* _table;

    /// <summary>Loads the library. Throws <see cref="DllNotFoundException"/> when it is not there, <see cref="InferenceException"/> when it is none or too old.</summary>
    public OrtLibrary(string libraryPath)
    {
        nint library = NativeFile.Load(libraryPath, "libonnxruntime.so.1", Remedy);
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
        {
            throw new InferenceException($"The library {Describe(libraryPath)} has no OrtGetApiBase: it is not ONNX Runtime. {Remedy}");
        }

        // struct OrtApiBase { const OrtApi* (*GetApi)(uint32_t); const char* (*GetVersionString)(void); }
        nint* start = ((delegate* unmanaged<nint*>)export)();
        Version = Text(((delegate* unmanaged<nint>)start[1])());
        _table = ((delegate* unmanaged<uint, nint*>)start[0])(ApiVersion);
        if (_table is null)
        {
            throw new InferenceException($"Found ONNX Runtime {Version} in {Describe(libraryPath)}, expected 1.{ApiVersion} or newer. {Remedy}");
        }
    }

    /// <summary>Version of the library, such as <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>Address of a function.</summary>
    public nint this[OrtFunction function] => _table[(int)function];

    /// <summary>Throws <see cref="InferenceException"/> with the library's message when a call failed; <paramref name="doing"/> says what was being done.</summary>
    public void Check(nint status, string doing)
    {
        if (status != 0)
        {
            string message = Take(status);
            throw new InferenceException($"{doing}: {message}") { IsOutOfMemory = OutOfMemory.IsSaidBy(message) };
        }
    }

    /// <summary>Creates an object by a function whose only argument is the place of the result.</summary>
    public OrtHandle Create(OrtFunction create, OrtFunction release)
    {
        nint made;
        Check(((delegate* unmanaged<nint*, nint>)this[create])(&made), create.ToString());
        return new OrtHandle(made, this[release]);
    }

    /// <summary>Calls a function that takes an object and a whole number.</summary>
    public void Set(OrtFunction function, OrtHandle target, int value) =>
        Check(((delegate* unmanaged<nint, int, nint>)this[function])(target.Pointer, value), function.ToString());

    /// <summary>Releases an object by its release function.</summary>
    public void Release(OrtFunction release, nint pointer) => ((delegate* unmanaged<nint, void>)this[release])(pointer);

    /// <summary>The text at a pointer to UTF-8.</summary>
    public static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    private string Take(nint status)
    {
        string message = Text(((delegate* unmanaged<nint, nint>)this[OrtFunction.GetErrorMessage])(status));
        Release(OrtFunction.ReleaseStatus, status);
        return message;
    }

    private static string Describe(string libraryPath) => libraryPath.Length == 0 ? "libonnxruntime.so.1" : libraryPath;
}
