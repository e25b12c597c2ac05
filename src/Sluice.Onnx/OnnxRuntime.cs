using System.Text;
using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>ONNX Runtime through its stable C API. Safe for use by many threads; one per process is enough.</summary>
public sealed unsafe class OnnxRuntime : IInferenceRuntime, IDisposable
{
    // Everything the library would print comes back as a status too; only what ends the process is left to its log.
    private const int LogFatalOnly = 4;
    private const int Sequential = 0;
    private const int OptimiseAll = 99;

    private readonly OrtLibrary _library;
    private readonly ExecutionProviders _providers;
    private readonly nint _environment;
    private bool _disposed;

    /// <summary>
    /// Loads the native library. Throws <see cref="DllNotFoundException"/> that names the places looked at and the remedy when it is missing,
    /// <see cref="InferenceException"/> when the file is not ONNX Runtime or older than 1.12.
    /// </summary>
    /// <param name="libraryPath">The file (<see cref="InferenceOptions.LibraryPath"/>); empty: beside the program, then where the system loader looks.</param>
    public OnnxRuntime(string libraryPath = "")
    {
        ArgumentNullException.ThrowIfNull(libraryPath);
        _library = new OrtLibrary(libraryPath);
        _providers = new ExecutionProviders(_library);
        nint environment;
        fixed (byte* name = "sluice\0"u8)
        {
            _library.Check(
                ((delegate* unmanaged<int, byte*, nint*, nint>)_library[OrtFunction.CreateEnv])(LogFatalOnly, name, &environment), "Starting ONNX Runtime");
        }

        // The library has one counted environment a process, and creating it while its last owner lets it go fails now and then ("Only one instance
        // of LoggingManager", 1.30.0): so it is never let go.
        _environment = environment;
    }

    /// <inheritdoc/>
    public string Version => _library.Version;

    /// <summary>Execution providers the library was built with, such as <c>CPU</c> and <c>CUDA</c>; their own libraries or devices may still be missing.</summary>
    public IReadOnlyList<string> Providers => _providers.Names;

    /// <inheritdoc/>
    public IInferenceSession Open(string modelPath, InferenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(modelPath);
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!File.Exists(modelPath))
        {
            throw new InferenceException($"The model file {modelPath} was not found.");
        }

        string provider = options.Provider.ToLowerInvariant();
        string[] order = provider switch
        {
            "auto" => ["cuda", "cpu"],
            "cpu" => ["cpu"],
            "cuda" => ["cuda", "cpu"],
            "tensorrt" => ["tensorrt", "cuda", "cpu"],
            "webgpu" => ["webgpu", "cpu"],
            _ => throw new InferenceException($"Found Inference:Provider '{options.Provider}', expected auto, cpu, cuda, tensorrt or webgpu."),
        };
        bool forbidden = provider is not ("auto" or "cpu") && options.Fallback.Equals("forbid", StringComparison.OrdinalIgnoreCase);
        return forbidden ? OpenDemanded(modelPath, options, provider) : OpenFirst(modelPath, options, order, isNamed: provider != "auto");
    }

    /// <summary>Opens no more graphs; sessions still open go on.</summary>
    public void Dispose() => _disposed = true;

    private OnnxSession OpenFirst(string modelPath, InferenceOptions options, string[] order, bool isNamed)
    {
        var reasons = new List<string>();
        foreach (string provider in order)
        {
            string display = ExecutionProviders.Display(provider);
            if (!_providers.IsBuiltIn(provider))
            {
                reasons.Add($"this build of ONNX Runtime has no {display}");
                continue;
            }

            string? reason = reasons.Count == 0 ? null : string.Join("; ", reasons);
            try
            {
                return Create(modelPath, options, provider, reason is null ? display : $"{display} ({reason})", isNamed ? reason : null);
            }
            catch (InferenceException refusal) when (provider != "cpu")
            {
                // A broken graph is refused by the CPU as well, and then that error is the one to see.
                reasons.Add($"{display} is not to be had: {FirstLine(refusal.Message).TrimEnd('.')}");
            }
        }

        throw new InvalidOperationException("This is a bug: the CPU provider is in every build.");
    }

    private OnnxSession OpenDemanded(string modelPath, InferenceOptions options, string provider)
    {
        string found = $"Found the providers {string.Join(", ", _providers.Names)} in ONNX Runtime {Version}, expected a working {ExecutionProviders.Display(provider)} (Inference:Provider is {provider})";
        string remedy = provider == "webgpu"
            ? "Install a Vulkan driver for the GPU, or set Inference:Provider to auto or cpu, or Inference:Fallback to allow."
            : "Point Inference:LibraryPath at a GPU build of ONNX Runtime with its libonnxruntime_providers_*.so files beside it, check the GPU's driver, or set Inference:Provider to auto or cpu, or Inference:Fallback to allow.";
        if (!_providers.IsBuiltIn(provider))
        {
            throw new InferenceException($"{found}. {remedy}");
        }

        using OrtHandle settings = Settings(options);
        try
        {
            _providers.Append(provider, settings, options);
        }
        catch (InferenceException refusal)
        {
            throw new InferenceException($"{found}; it says: {FirstLine(refusal.Message)} {remedy}", refusal);
        }

        return Create(modelPath, options, provider, ExecutionProviders.Display(provider), null);
    }

    private OnnxSession Create(string modelPath, InferenceOptions options, string provider, string display, string? fallbackReason)
    {
        using OrtHandle settings = Settings(options);
        if (provider != "cpu")
        {
            _providers.Append(provider, settings, options);
        }

        nint session;
        fixed (byte* path = Encoding.UTF8.GetBytes(modelPath + '\0'))
        {
            _library.Check(
                ((delegate* unmanaged<nint, byte*, nint, nint*, nint>)_library[OrtFunction.CreateSession])(_environment, path, settings.Pointer, &session),
                $"ONNX Runtime {Version} could not load the model {modelPath}");
        }

        var handle = new OrtHandle(session, _library[OrtFunction.ReleaseSession]);
        bool bound = options.IoBinding.ToLowerInvariant() switch
        {
            "always" => true,
            "never" => false,
            _ => provider != "cpu",
        };
        return new OnnxSession(_library, handle, modelPath, display, bound) { FallbackReason = fallbackReason };
    }

    private OrtHandle Settings(InferenceOptions options)
    {
        OrtHandle settings = _library.Create(OrtFunction.CreateSessionOptions, OrtFunction.ReleaseSessionOptions);
        _library.Set(OrtFunction.SetIntraOpNumThreads, settings, options.IntraOpThreads);
        _library.Set(OrtFunction.SetInterOpNumThreads, settings, 1);
        _library.Set(OrtFunction.SetSessionExecutionMode, settings, Sequential);
        _library.Set(OrtFunction.SetSessionGraphOptimizationLevel, settings, OptimiseAll);
        _library.Check(((delegate* unmanaged<nint, nint>)_library[OrtFunction.EnableMemPattern])(settings.Pointer), "Setting session options");
        fixed (byte* key = "session.intra_op.allow_spinning\0"u8, value = "0\0"u8)
        {
            // Several sessions share the cores; a waiting pool that spins would take them from the others.
            _library.Check(
                ((delegate* unmanaged<nint, byte*, byte*, nint>)_library[OrtFunction.AddSessionConfigEntry])(settings.Pointer, key, value), "Setting session options");
        }

        return settings;
    }

    // The library's own words, without the place in its sources where they were written.
    private static string FirstLine(string text)
    {
        string line = text.AsSpan().Trim().ToString().Split('\n', 2)[0].TrimEnd();
        int code = line.LastIndexOf("[ONNXRuntimeError] : ", StringComparison.Ordinal);
        line = code < 0 ? line : line[(code + "[ONNXRuntimeError] : ".Length)..].Split(" : ", 3)[^1];
        // The loader names the file twice, with its whole path.
        int again = line.IndexOf(" with error: ", StringComparison.Ordinal);
        line = string.Join(' ', (again < 0 ? line : line[..again]).Split(' ').Select(word => word.StartsWith('/') ? Path.GetFileName(word) : word));
        return line.EndsWith('.') ? line : line + ".";
    }
}
