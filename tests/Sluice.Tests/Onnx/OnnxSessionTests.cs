using Sluice.Inference;
using Sluice.Onnx;

namespace Sluice.Tests.Onnx;

public sealed class OnnxSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OnnxRuntime _runtime = new();
    private readonly IInferenceSession _session;

    public OnnxSessionTests()
    {
        // y = x W + b, [n, 3] x [3, 2] + [2]; z = x + x
        new OnnxGraph()
            .Input("x", OnnxGraph.Float32, -1, 3)
            .Constant("w", [1f, 10f, 2f, 20f, 3f, 30f], 3, 2)
            .Constant("b", [0.5f, -0.5f], 2)
            .Node("MatMul", ["x", "w"], "xw")
            .Node("Add", ["xw", "b"], "y")
            .Node("Add", ["x", "x"], "z")
            .Output("y", OnnxGraph.Float32, -1, 2)
            .Output("z", OnnxGraph.Float32, -1, 3)
            .Save(_folder["model.onnx"]);
        _session = _runtime.Open(_folder["model.onnx"], OnnxRuntimeTests.Cpu);
    }

    public void Dispose()
    {
        _session.Dispose();
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_TwoOutputs_GivesValuesAndShapesInTheOrderAsked()
    {
        IReadOnlyList<Tensor> outputs = _session.Run([new Tensor("x", new[] { 1f, 2f, 3f, -1f, 0f, 1f }, [2, 3])], ["z", "y"]);
        Assert.Equal(["z", "y"], outputs.Select(output => output.Name));
        Assert.Equal([2f, 4f, 6f, -2f, 0f, 2f], (float[])outputs[0].Data);
        Assert.Equal([2L, 3L], outputs[0].Shape);
        Assert.Equal([14.5f, 139.5f, 2.5f, 19.5f], (float[])outputs[1].Data);
        Assert.Equal([2L, 2L], outputs[1].Shape);
    }

    [Fact]
    public void Run_IntoLongerArrays_WritesOnlyTheShape()
    {
        float[] input = [1f, 2f, 3f, 99f, 99f];
        float[] output = [7f, 7f, 7f, 7f];
        _session.Run([new Tensor("x", input, [1, 3])], [new Tensor("y", output, [1, 2])]);
        Assert.Equal([14.5f, 139.5f, 7f, 7f], output);
    }

    [Fact]
    public void Run_NoRows_GivesNone()
    {
        Tensor output = _session.Run([new Tensor("x", Array.Empty<float>(), [0, 3])], ["y"])[0];
        Assert.Empty((float[])output.Data);
        Assert.Equal([0L, 2L], output.Shape);
    }

    [Fact]
    public void Run_ManyThreads_EachGetsItsOwnAnswer()
    {
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int rows = 1 + (i % 5);
            float[] x = [.. Enumerable.Range(0, rows * 3).Select(j => (float)((i * 7) + j))];
            float[] y = (float[])_session.Run([new Tensor("x", x, [rows, 3])], ["y"])[0].Data;
            for (int row = 0; row < rows; row++)
            {
                float expected = x[row * 3] + (2 * x[(row * 3) + 1]) + (3 * x[(row * 3) + 2]) + 0.5f;
                Assert.Equal(expected, y[row * 2]);
            }
        });
    }

    [Fact]
    public void Run_WrongInputName_ListsTheNames() =>
        Throws("Found the input 'X', expected one of x as in the model", new Tensor("X", new float[3], [1, 3]));

    [Fact]
    public void Run_WrongType_NamesBoth() =>
        Throws("Found Int64[] data for the input 'x', expected Float32 as in the model", new Tensor("x", new long[3], [1, 3]));

    [Fact]
    public void Run_UnsignedDataForSigned_IsRefused() =>
        Throws("Found UInt32[] data", new Tensor("x", new uint[3], [1, 3]));

    [Fact]
    public void Run_WrongShape_CarriesTheLibrarysMessage() =>
        Throws("Got invalid dimensions for input: x", new Tensor("x", new float[4], [1, 4]));

    [Fact]
    public void Run_TooFewValues_NamesCountAndShape() =>
        Throws("Found 3 values for the input 'x'", new Tensor("x", new float[3], [2, 3]));

    [Fact]
    public void Run_NegativeDimension_IsRefused() =>
        Throws("Found the dimension -1", new Tensor("x", new float[3], [-1, 3]));

    [Fact]
    public void Run_MissingInput_Throws()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _session.Run([], ["y"]));
        Assert.Contains("model.onnx", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownOutput_ListsTheNames()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _session.Run([new Tensor("x", new float[3], [1, 3])], ["q"]));
        Assert.Contains("Found the output 'q', expected one of y, z", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputOfAnotherShape_Throws() => Assert.Throws<InferenceException>(
        () => _session.Run([new Tensor("x", new float[3], [1, 3])], [new Tensor("y", new float[9], [1, 9])]));

    [Fact]
    public void Run_AfterDispose_Throws()
    {
        _session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _session.Run([new Tensor("x", new float[3], [1, 3])], ["y"]));
    }

    [Theory]
    [InlineData(OnnxGraph.Float16, TensorType.Float16)]
    [InlineData(OnnxGraph.Float64, TensorType.Float64)]
    [InlineData(OnnxGraph.Int32, TensorType.Int32)]
    [InlineData(OnnxGraph.Int64, TensorType.Int64)]
    [InlineData(9, TensorType.Boolean)]
    [InlineData(2, TensorType.UInt8)]
    [InlineData(3, TensorType.Int8)]
    public void Run_EveryElementType_ReadsAndWrites(int onnxType, TensorType type)
    {
        new OnnxGraph().Input("x", onnxType, -1).Node("Cast", ["x"], "f", ("to", 1)).Node("Cast", ["f"], "y", ("to", onnxType))
            .Output("f", OnnxGraph.Float32, -1).Output("y", onnxType, -1).Save(_folder["cast.onnx"]);
        using IInferenceSession session = _runtime.Open(_folder["cast.onnx"], OnnxRuntimeTests.Cpu);
        Array data = type switch
        {
            TensorType.Float16 => new[] { (Half)1, (Half)0, (Half)1 },
            TensorType.Float64 => new[] { 1d, 0, 1 },
            TensorType.Int32 => new[] { 1, 0, 1 },
            TensorType.Int64 => new[] { 1L, 0, 1 },
            TensorType.Boolean => new[] { true, false, true },
            TensorType.UInt8 => new byte[] { 1, 0, 1 },
            _ => new sbyte[] { 1, 0, 1 },
        };
        IReadOnlyList<Tensor> outputs = session.Run([new Tensor("x", data, [3])], ["f", "y"]);
        Assert.Equal(type, session.Inputs[0].Type);
        Assert.Equal([1f, 0f, 1f], (float[])outputs[0].Data);
        Assert.Equal(data, outputs[1].Data);
    }

    private void Throws(string message, Tensor input)
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => _session.Run([input], ["y"]));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
