using Sluice.Inference;
using Sluice.Onnx;

namespace Sluice.Tests.Onnx;

public sealed class OnnxRuntimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxRuntime _runtime = new();

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Version_RealLibrary_IsAVersion() => Assert.True(Version.TryParse(_runtime.Version, out Version? version) && version.Minor >= 12, _runtime.Version);

    [Fact]
    public void Providers_RealLibrary_HoldsCpu() => Assert.Contains("CPU", _runtime.Providers);

    [Fact]
    public void Constructor_MissingLibrary_NamesPlacesAndRemedy()
    {
        DllNotFoundException fault = Assert.Throws<DllNotFoundException>(() => new OnnxRuntime(_folder["absent.so"]));
        Assert.Contains("absent.so", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Run the build again (it fetches the library), or set Inference:LibraryPath.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_AnotherLibrary_SaysItIsNotOnnxRuntime()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => new OnnxRuntime(Path.Combine(AppContext.BaseDirectory, "libzstd.so.1")));
        Assert.Contains("it is not ONNX Runtime", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Graph_DeclaresNamesTypesShapes()
    {
        using IInferenceSession session = _runtime.Open(Gather(), Cpu);
        TensorInfo input = Assert.Single(session.Inputs);
        TensorInfo output = Assert.Single(session.Outputs);
        Assert.Equal(("ids", TensorType.Int64), (input.Name, input.Type));
        Assert.Equal([-1, -1], input.Shape);
        Assert.Equal(("vectors", TensorType.Float32), (output.Name, output.Type));
        Assert.Equal([-1, -1, 2], output.Shape);
        Assert.Equal("CPU", session.Provider);
    }

    [Fact]
    public void Open_MissingFile_NamesIt()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _runtime.Open(_folder["no.onnx"], Cpu));
        Assert.Contains("no.onnx was not found", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Open_CorruptFile_NamesFileAndLibraryMessage(string provider)
    {
        File.WriteAllText(_folder["bad.onnx"], "this is no graph");
        InferenceException fault = Assert.Throws<InferenceException>(() => _runtime.Open(_folder["bad.onnx"], new InferenceOptions { Provider = provider }));
        Assert.Contains("bad.onnx", fault.Message, StringComparison.Ordinal);
        Assert.Contains("rotobuf parsing failed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutFile_Throws()
    {
        string path = Gather();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        Assert.Throws<InferenceException>(() => _runtime.Open(path, Cpu));
    }

    [Fact]
    public void Open_AutoWithoutGpuLibraries_FallsBackAndSaysWhy()
    {
        if (HasCudaLibrary)
        {
            return;
        }

        using IInferenceSession session = _runtime.Open(Gather(), new InferenceOptions());
        Assert.StartsWith("CPU (", session.Provider, StringComparison.Ordinal);
        Assert.Contains("CUDA", session.Provider, StringComparison.Ordinal);
        Assert.Equal([3f, 4f], (float[])session.Run([Ids(1)], ["vectors"])[0].Data);
    }

    [Theory]
    [InlineData("cuda", "CPU (CUDA is not to be had: ")]
    [InlineData("tensorrt", "CPU (TensorRT is not to be had: ", "; CUDA is not to be had: ")]
    public void Open_NamedProviderAbsent_FallsBackAndSaysWhy(string provider, params string[] said)
    {
        if (HasCudaLibrary)
        {
            return;
        }

        using IInferenceSession session = _runtime.Open(Gather(), new InferenceOptions { Provider = provider, DeviceId = 1, MemoryLimitMegabytes = 64 });
        Assert.StartsWith(said[0], session.Provider, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, session.Provider, StringComparison.Ordinal));
        Assert.NotNull(session.FallbackReason);
        Assert.Contains(session.FallbackReason, session.Provider, StringComparison.Ordinal);
        Assert.Equal([3f, 4f], (float[])session.Run([Ids(1)], ["vectors"])[0].Data);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Open_NoProviderNamed_IsNoFallbackEvenWhereForbidden(string provider)
    {
        using IInferenceSession session = _runtime.Open(Gather(), new InferenceOptions { Provider = provider, Fallback = "forbid" });
        Assert.Null(session.FallbackReason);
    }

    [Fact]
    public void Open_CorruptFileWithFallback_NamesFileAndLibraryMessage()
    {
        File.WriteAllText(_folder["bad.onnx"], "this is no graph");
        InferenceException fault = Assert.Throws<InferenceException>(() => _runtime.Open(_folder["bad.onnx"], new InferenceOptions { Provider = "tensorrt" }));
        Assert.Contains("rotobuf parsing failed", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "CUDA")]
    [InlineData("tensorrt", "TensorRT")]
    public void Open_DemandedProviderAbsent_ThrowsWithFoundAndRemedy(string provider, string display)
    {
        if (HasCudaLibrary)
        {
            return;
        }

        InferenceException fault = Assert.Throws<InferenceException>(() => _runtime.Open(Gather(), new InferenceOptions { Provider = provider, Fallback = "forbid" }));
        Assert.Contains("Found the providers", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"expected a working {display} (Inference:Provider is {provider})", fault.Message, StringComparison.Ordinal);
        Assert.Contains("set Inference:Provider to auto or cpu, or Inference:Fallback to allow", fault.Message, StringComparison.Ordinal);
        // The process goes on.
        using IInferenceSession session = _runtime.Open(Gather(), Cpu);
        Assert.Equal("CPU", session.Provider);
    }

    [Fact]
    public void Open_UnknownProvider_ListsThem()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _runtime.Open(Gather(), new InferenceOptions { Provider = "gpu" }));
        Assert.Contains("Found Inference:Provider 'gpu', expected auto, cpu, cuda, tensorrt or webgpu.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_RuntimeBeforeSession_SessionStillRuns()
    {
        using var other = new OnnxRuntime();
        using IInferenceSession session = other.Open(Gather(), Cpu);
        other.Dispose();
        Assert.Equal([5f, 6f], (float[])session.Run([Ids(2)], ["vectors"])[0].Data);
    }

    [Fact]
    public void Open_AfterDispose_Throws()
    {
        var other = new OnnxRuntime();
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(() => other.Open(Gather(), Cpu));
    }

    [Fact]
    public void Constructor_ManyAtOnce_AllStart() => Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
    {
        using var runtime = new OnnxRuntime();
        Assert.NotEmpty(runtime.Version);
    });

    internal static InferenceOptions Cpu { get; } = new() { Provider = "cpu" };

    // A machine with a GPU build beside the program is free to use it; there the cases for its absence have nothing to show.
    private static bool HasCudaLibrary => File.Exists(Path.Combine(AppContext.BaseDirectory, "libonnxruntime_providers_cuda.so"));

    private static Tensor Ids(params long[] ids) => new("ids", ids, [1, ids.Length]);

    private string Gather()
    {
        string path = _folder["gather.onnx"];
        new OnnxGraph()
            .Input("ids", OnnxGraph.Int64, -1, -1)
            .Constant("table", [1f, 2f, 3f, 4f, 5f, 6f], 3, 2)
            .Node("Gather", ["table", "ids"], "vectors", ("axis", 0))
            .Output("vectors", OnnxGraph.Float32, -1, -1, 2)
            .Save(path);
        return path;
    }
}
