using Sluice.Inference;
using Sluice.Onnx;

namespace Sluice.Tests.Onnx;

/// <summary>Runs with inputs and outputs bound beforehand, as a device is fed; on the CPU the answers must be the same.</summary>
public sealed class OnnxBindingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxRuntime _runtime = new();
    private readonly IInferenceSession _session;

    public OnnxBindingTests()
    {
        new OnnxGraph().Input("x", OnnxGraph.Float32, -1, 2).Input("y", OnnxGraph.Float32, -1, 2)
            .Node("Sub", ["x", "y"], "d").Node("Add", ["x", "y"], "s")
            .Output("d", OnnxGraph.Float32, -1, 2).Output("s", OnnxGraph.Float32, -1, 2).Save(_folder["model.onnx"]);
        _session = _runtime.Open(_folder["model.onnx"], new InferenceOptions { Provider = "cpu", IoBinding = "always" });
    }

    public void Dispose()
    {
        _session.Dispose();
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_InputsAndOutputsInAnyOrder_AreBoundByName()
    {
        for (int round = 1; round < 4; round++)
        {
            float[] difference = new float[2 * round];
            float[] sum = new float[2 * round];
            _session.Run([Of("y", round, 1), Of("x", round, 10)], [new Tensor("s", sum, [round, 2]), new Tensor("d", difference, [round, 2])]);
            Assert.All(difference, value => Assert.Equal(9, value));
            Assert.All(sum, value => Assert.Equal(11, value));
        }
    }

    [Fact]
    public void Run_AfterOtherInputsAndOutputs_KeepsNoneOfThem()
    {
        float[] both = new float[2];
        float[] one = new float[2];
        _session.Run([Of("x", 1, 3), Of("y", 1, 1)], [new Tensor("s", both, [1, 2]), new Tensor("d", new float[2], [1, 2])]);
        _session.Run([Of("x", 1, 5), Of("y", 1, 1)], [new Tensor("d", one, [1, 2])]);
        Assert.Equal([4f, 4f], both);
        Assert.Equal([4f, 4f], one);
        Assert.Throws<InferenceException>(() => _session.Run([Of("x", 1, 5)], [new Tensor("d", one, [1, 2])]));
    }

    [Fact]
    public void Run_RefusedOnce_RunsAgain()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _session.Run([Of("x", 2, 3), Of("y", 3, 1)], [new Tensor("d", new float[6], [3, 2])]));
        Assert.Contains("model.onnx", fault.Message, StringComparison.Ordinal);
        float[] found = new float[2];
        _session.Run([Of("x", 1, 3), Of("y", 1, 1)], [new Tensor("d", found, [1, 2])]);
        Assert.Equal([2f, 2f], found);
    }

    [Fact]
    public void Run_ManyThreads_EachGetsItsOwnAnswer() => Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
    {
        int rows = 1 + (i % 5);
        float[] found = new float[rows * 2];
        _session.Run([Of("x", rows, i), Of("y", rows, 1)], [new Tensor("d", found, [rows, 2])]);
        Assert.All(found, value => Assert.Equal(i - 1, value));
    });

    [Fact]
    public void Run_AfterDispose_Throws()
    {
        _session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _session.Run([Of("x", 1, 3), Of("y", 1, 1)], [new Tensor("d", new float[2], [1, 2])]));
    }

    private static Tensor Of(string name, int rows, float value) => new(name, Enumerable.Repeat(value, rows * 2).ToArray(), [rows, 2]);
}
