using Sluice.Inference;

namespace Sluice.Tests.Inference;

public sealed class SharedRuntimeTests
{
    [Fact]
    public void Open_TheSameGraph_SharesOneSessionUntilTheLastIsDisposed()
    {
        Counting inner = new();
        SharedRuntime runtime = new(inner);
        IInferenceSession first = runtime.Open("/m/model.onnx", new InferenceOptions());
        IInferenceSession second = runtime.Open("/m/../m/model.onnx", new InferenceOptions());
        Assert.Equal((1, 0), (inner.Opened, inner.Closed));

        first.Dispose();
        first.Dispose();
        Assert.Equal(0, inner.Closed);
        second.Dispose();
        Assert.Equal((1, 1, 0), (inner.Opened, inner.Closed, runtime.Sessions));

        runtime.Open("/m/model.onnx", new InferenceOptions());
        Assert.Equal(2, inner.Opened);
    }

    [Fact]
    public void Open_OtherOptionsOrAnotherFile_IsAnotherSession()
    {
        using TemporaryFolder folder = new();
        Counting inner = new();
        SharedRuntime runtime = new(inner);
        string path = folder["model.onnx"];
        File.WriteAllText(path, "1");
        runtime.Open(path, new InferenceOptions());
        runtime.Open(path, new InferenceOptions { IntraOpThreads = 2 });
        Assert.Equal(2, inner.Opened);
        File.WriteAllText(path, "22");
        runtime.Open(path, new InferenceOptions());
        Assert.Equal(3, inner.Opened);
    }

    private sealed class Counting : IInferenceRuntime, IInferenceSession
    {
        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public string Version => "1";

        public IReadOnlyList<TensorInfo> Inputs => [];

        public IReadOnlyList<TensorInfo> Outputs => [];

        public string Provider => "CPU";

        public IInferenceSession Open(string modelPath, InferenceOptions options)
        {
            Opened++;
            return this;
        }

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs) => [];

        public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
        {
        }

        public void Dispose() => Closed++;
    }
}
