using Sluice.Inference;
using Sluice.Onnx;

namespace Sluice.Tests.Onnx;

/// <summary>Graphs in half precision, graphs quantised to eight bits, and graphs that want more memory than there is.</summary>
public sealed class OnnxPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxRuntime _runtime = new();

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("never")]
    [InlineData("always")]
    public void Run_HalfPrecisionGraph_TakesAndGivesHalves(string binding)
    {
        new OnnxGraph().Input("x", OnnxGraph.Float16, -1, 3).Constant("w", [(Half)1, (Half)0.5, (Half)2, (Half)(-1), (Half)0, (Half)4], 3, 2)
            .Node("MatMul", ["x", "w"], "y").Output("y", OnnxGraph.Float16, -1, 2).Save(_folder["half.onnx"]);
        using IInferenceSession session = _runtime.Open(_folder["half.onnx"], new InferenceOptions { Provider = "cpu", IoBinding = binding });
        Half[] found = new Half[4];
        session.Run([new Tensor("x", new[] { (Half)1, (Half)2, (Half)3, (Half)0, (Half)(-1), (Half)0.25 }, [2, 3])], [new Tensor("y", found, [2, 2])]);
        Assert.Equal([(Half)5, (Half)10.5, (Half)(-2), (Half)2], found);
    }

    [Fact]
    public void Run_DynamicallyQuantisedGraph_GivesTheProductWithinAStep()
    {
        // y = x W by eight-bit numbers: x is quantised by the graph as it comes, W = w * 0.5 beforehand.
        sbyte[] weights = [10, -20, 30, 40, -50, 60];
        new OnnxGraph().Input("x", OnnxGraph.Float32, -1, 3).Constant("w", weights, 3, 2).Constant("scale", [0.5f]).Constant("zero", [(sbyte)0])
            .Node("DynamicQuantizeLinear", ["x"], ["q", "step", "point"])
            .Node("MatMulInteger", ["q", "w", "point", "zero"], "product")
            .Node("Cast", ["product"], "real", ("to", OnnxGraph.Float32))
            .Node("Mul", ["step", "scale"], "both")
            .Node("Mul", ["real", "both"], "y")
            .Output("y", OnnxGraph.Float32, -1, 2).Save(_folder["int8.onnx"]);
        using IInferenceSession session = _runtime.Open(_folder["int8.onnx"], OnnxRuntimeTests.Cpu);
        float[] x = [0.3f, -1.2f, 2f, 1f, 0f, -0.7f];
        float[] found = (float[])session.Run([new Tensor("x", x, [2, 3])], ["y"])[0].Data;
        // Half a step of (2 + 1.2) / 255 an input, times the weights' sum.
        double tolerance = 3.2 / 255 / 2 * 0.5 * 120 * 1.01;
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 2; column++)
            {
                double expected = Enumerable.Range(0, 3).Sum(i => x[(row * 3) + i] * 0.5 * weights[(i * 2) + column]);
                Assert.Equal(expected, found[(row * 2) + column], tolerance);
            }
        }
    }

    [Fact]
    public void Run_MoreMemoryThanThereIs_IsSaidToBeThat()
    {
        new OnnxGraph().Input("size", OnnxGraph.Int64, 1).Node("ConstantOfShape", ["size"], "zeros").Constant("axis", [0L], 1)
            .Node("ReduceSum", ["zeros", "axis"], "y", ("keepdims", 1)).Output("y", OnnxGraph.Float32, 1).Save(_folder["large.onnx"]);
        using IInferenceSession session = _runtime.Open(_folder["large.onnx"], OnnxRuntimeTests.Cpu);
        InferenceException fault = Assert.Throws<InferenceException>(() => session.Run([new Tensor("size", new[] { 1L << 50 }, [1])], ["y"]));
        Assert.True(fault.IsOutOfMemory, fault.Message);
        Assert.Equal([0f], (float[])session.Run([new Tensor("size", new[] { 8L }, [1])], ["y"])[0].Data);
    }

    [Fact]
    public void Run_AnotherFault_IsNotSaidToBeMemory()
    {
        new OnnxGraph().Input("x", OnnxGraph.Float32, -1, 3).Node("Add", ["x", "x"], "y").Output("y", OnnxGraph.Float32, -1, 3).Save(_folder["add.onnx"]);
        using IInferenceSession session = _runtime.Open(_folder["add.onnx"], OnnxRuntimeTests.Cpu);
        Assert.False(Assert.Throws<InferenceException>(() => session.Run([new Tensor("x", new float[4], [1, 4])], ["y"])).IsOutOfMemory);
    }

    [Theory]
    [InlineData("Non-zero status code returned while running MatMul node. Name:'m' Status Message: onnxruntime/core/framework/bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 8589934592")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0 ; hostname=h ; file=cuda_call.cc ; line=121")]
    [InlineData("Available memory of 1024 is smaller than requested bytes of 4096")]
    [InlineData("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0")]
    [InlineData("std::bad_alloc")]
    public void IsSaidBy_MessagesOfTheLibrary_AreKnown(string message) => Assert.True(OutOfMemory.IsSaidBy(message));
}
