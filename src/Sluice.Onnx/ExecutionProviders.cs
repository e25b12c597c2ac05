using System.Globalization;
using System.Text;
using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>What can run a graph: the providers compiled into the library, and how each is asked for.</summary>
internal sealed unsafe class ExecutionProviders
{
    private readonly OrtLibrary _library;

    /// <summary>Asks the library which providers it was built with.</summary>
    public ExecutionProviders(OrtLibrary library)
    {
        _library = library;
        nint* names;
        int count;
        library.Check(((delegate* unmanaged<nint**, int*, nint>)library[OrtFunction.GetAvailableProviders])(&names, &count), "Listing the execution providers");
        var found = new string[count];
        for (int i = 0; i < count; i++)
        {
            found[i] = OrtLibrary.Text(names[i]).Replace("ExecutionProvider", "", StringComparison.Ordinal);
        }

        library.Check(((delegate* unmanaged<nint*, int, nint>)library[OrtFunction.ReleaseAvailableProviders])(names, count), "Listing the execution providers");
        Names = found;
    }

    /// <summary>Providers the library was built with, such as <c>CPU</c> and <c>CUDA</c>. Their own libraries and devices may still be missing.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Adds a provider (<c>cuda</c>, <c>tensorrt</c>, <c>webgpu</c>) to session options; the CPU always stands behind it.
    /// Throws <see cref="InferenceException"/> when its library or device is missing.
    /// </summary>
    public void Append(string provider, OrtHandle options, InferenceOptions wishes)
    {
        string device = wishes.DeviceId.ToString(CultureInfo.InvariantCulture);
        string bytes = (wishes.MemoryLimitMegabytes * 1048576L).ToString(CultureInfo.InvariantCulture);
        bool limited = wishes.MemoryLimitMegabytes > 0;
        switch (provider)
        {
            case "cuda":
                // A limit that is nearly used up should not be asked for twice as much as is needed.
                AppendWithOptions(
                    options, OrtFunction.CreateCudaProviderOptions, OrtFunction.UpdateCudaProviderOptions, OrtFunction.ReleaseCudaProviderOptions, OrtFunction.AppendCudaV2,
                    limited ? [("device_id", device), ("gpu_mem_limit", bytes), ("arena_extend_strategy", "kSameAsRequested")] : [("device_id", device)]);
                break;
            case "tensorrt":
                AppendWithOptions(
                    options, OrtFunction.CreateTensorRtProviderOptions, OrtFunction.UpdateTensorRtProviderOptions, OrtFunction.ReleaseTensorRtProviderOptions, OrtFunction.AppendTensorRtV2,
                    limited ? [("device_id", device), ("trt_max_workspace_size", bytes)] : [("device_id", device)]);
                // What TensorRT refuses should still run on the GPU.
                Append("cuda", options, wishes);
                break;
            case "webgpu":
                AppendByName(options, "WebGPU");
                break;
            default:
                throw new ArgumentException($"This is a bug: the provider '{provider}' is unknown.", nameof(provider));
        }
    }

    /// <summary>The name of a provider as shown to people.</summary>
    public static string Display(string provider) => provider switch
    {
        "cuda" => "CUDA",
        "tensorrt" => "TensorRT",
        "webgpu" => "WebGPU",
        _ => "CPU",
    };

    /// <summary>Whether the library was built with a provider at all.</summary>
    public bool IsBuiltIn(string provider) => Names.Contains(Display(provider), StringComparer.OrdinalIgnoreCase);

    private void AppendWithOptions(
        OrtHandle options, OrtFunction create, OrtFunction update, OrtFunction release, OrtFunction append, ReadOnlySpan<(string Key, string Value)> wishes)
    {
        using OrtHandle settings = _library.Create(create, release);
        Utf8Name[] keys = [.. wishes.ToArray().Select(wish => new Utf8Name(wish.Key))];
        Utf8Name[] values = [.. wishes.ToArray().Select(wish => new Utf8Name(wish.Value))];
        fixed (nint* keyPointers = keys.Select(key => key.Pointer).ToArray(), valuePointers = values.Select(value => value.Pointer).ToArray())
        {
            _library.Check(
                ((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)_library[update])(settings.Pointer, keyPointers, valuePointers, (nuint)keys.Length), "Loading the provider");
        }

        Array.ForEach([.. keys, .. values], name => name.Dispose());
        _library.Check(((delegate* unmanaged<nint, nint, nint>)_library[append])(options.Pointer, settings.Pointer), "Loading the provider");
    }

    private void AppendByName(OrtHandle options, string name)
    {
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(name + '\0'))
        {
            // No options of its own: both lists are empty but must not be null.
            nint none = 0;
            _library.Check(
                ((delegate* unmanaged<nint, byte*, nint*, nint*, nuint, nint>)_library[OrtFunction.AppendExecutionProvider])(options.Pointer, utf8, &none, &none, 0),
                "Loading the provider");
        }
    }
}
