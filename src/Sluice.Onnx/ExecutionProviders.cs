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
    public void Append(string provider, OrtHandle options)
    {
        switch (provider)
        {
            case "cuda":
                AppendWithOptions(options, OrtFunction.CreateCudaProviderOptions, OrtFunction.ReleaseCudaProviderOptions, OrtFunction.AppendCudaV2);
                break;
            case "tensorrt":
                AppendWithOptions(options, OrtFunction.CreateTensorRtProviderOptions, OrtFunction.ReleaseTensorRtProviderOptions, OrtFunction.AppendTensorRtV2);
                // What TensorRT refuses should still run on the GPU.
                Append("cuda", options);
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

    private void AppendWithOptions(OrtHandle options, OrtFunction create, OrtFunction release, OrtFunction append)
    {
        using OrtHandle settings = _library.Create(create, release);
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
