using System.Runtime.InteropServices;

namespace Sluice.Tests.Onnx;

/// <summary>Builds a real ONNX graph (opset 17) node by node and saves it. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const int Float32 = 1;
    public const int Int8 = 3;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Float16 = 10;
    public const int Float64 = 11;

    private readonly ProtoWriter _graph = new ProtoWriter().Text(2, "test");

    /// <summary>Adds an input; -1 leaves a dimension open.</summary>
    public OnnxGraph Input(string name, int type, params long[] shape)
    {
        _graph.Message(11, Value(name, type, shape));
        return this;
    }

    /// <summary>Adds an output; -1 leaves a dimension open.</summary>
    public OnnxGraph Output(string name, int type, params long[] shape)
    {
        _graph.Message(12, Value(name, type, shape));
        return this;
    }

    /// <summary>Adds a constant.</summary>
    public OnnxGraph Constant<T>(string name, T[] data, params long[] shape)
        where T : unmanaged
    {
        int type = typeof(T) == typeof(float) ? Float32
            : typeof(T) == typeof(long) ? Int64
            : typeof(T) == typeof(Half) ? Float16
            : typeof(T) == typeof(sbyte) ? Int8
            : throw new NotSupportedException(typeof(T).Name);
        var tensor = new ProtoWriter();
        foreach (long dimension in shape)
        {
            tensor.Integer(1, dimension);
        }

        _graph.Message(5, tensor.Integer(2, type).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(data.AsSpan()).ToArray()));
        return this;
    }

    /// <summary>Adds a node; attributes are whole numbers.</summary>
    public OnnxGraph Node(string operation, string[] inputs, string output, params (string Name, long Value)[] attributes) => Node(operation, inputs, [output], attributes);

    /// <summary>Adds a node of several outputs.</summary>
    public OnnxGraph Node(string operation, string[] inputs, string[] outputs, params (string Name, long Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0]).Text(4, operation);
        foreach ((string name, long value) in attributes)
        {
            node.Message(5, new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, 2));
        }

        _graph.Message(1, node);
        return this;
    }

    public void Save(string path) => File.WriteAllBytes(path, new ProtoWriter()
        .Integer(1, 8)
        .Message(7, _graph)
        .Message(8, new ProtoWriter().Text(1, "").Integer(2, 17))
        .ToArray());

    private static ProtoWriter Value(string name, int type, long[] shape)
    {
        var dimensions = new ProtoWriter();
        for (int i = 0; i < shape.Length; i++)
        {
            // Open dimensions of one position share a name, as exporters write them: batch, tokens.
            dimensions.Message(1, shape[i] >= 0 ? new ProtoWriter().Integer(1, shape[i]) : new ProtoWriter().Text(2, $"open{i}"));
        }

        var tensor = new ProtoWriter().Integer(1, type).Message(2, dimensions);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
