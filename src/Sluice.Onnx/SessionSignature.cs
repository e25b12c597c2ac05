using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>Reads the inputs and outputs that a session declares.</summary>
internal sealed unsafe class SessionSignature(OrtLibrary library, OrtHandle session, string modelPath)
{
    /// <summary>The inputs in the graph's order. Throws <see cref="InferenceException"/> for one that is no tensor of a known type.</summary>
    public Dictionary<string, Port> ReadInputs()
    {
        var ports = new Dictionary<string, Port>(StringComparer.Ordinal);
        for (nuint i = 0; i < Count(OrtFunction.SessionGetInputCount); i++)
        {
            string name = Name(OrtFunction.SessionGetInputName, i);
            TensorInfo info = Describe(OrtFunction.SessionGetInputTypeInfo, i, name)
                ?? throw new InferenceException($"Found the input '{name}' of the model {modelPath} to be no tensor of numbers, expected one.");
            ports.Add(name, new Port(info, new Utf8Name(name)));
        }

        return ports;
    }

    /// <summary>The outputs in the graph's order; those that are no tensors of a known type (sequences, maps, texts) cannot be read and are left out.</summary>
    public Dictionary<string, Port> ReadOutputs()
    {
        var ports = new Dictionary<string, Port>(StringComparer.Ordinal);
        for (nuint i = 0; i < Count(OrtFunction.SessionGetOutputCount); i++)
        {
            string name = Name(OrtFunction.SessionGetOutputName, i);
            if (Describe(OrtFunction.SessionGetOutputTypeInfo, i, name) is { } info)
            {
                ports.Add(name, new Port(info, new Utf8Name(name)));
            }
        }

        return ports;
    }

    /// <summary>Dimensions of a tensor's type and shape.</summary>
    public static long[] ReadShape(OrtLibrary library, nint typeAndShape)
    {
        nuint rank;
        library.Check(((delegate* unmanaged<nint, nuint*, nint>)library[OrtFunction.GetDimensionsCount])(typeAndShape, &rank), "Reading a shape");
        long[] shape = new long[rank];
        fixed (long* dimensions = shape)
        {
            library.Check(((delegate* unmanaged<nint, long*, nuint, nint>)library[OrtFunction.GetDimensions])(typeAndShape, dimensions, rank), "Reading a shape");
        }

        return shape;
    }

    private nuint Count(OrtFunction function)
    {
        nuint count;
        library.Check(((delegate* unmanaged<nint, nuint*, nint>)library[function])(session.Pointer, &count), function.ToString());
        return count;
    }

    private string Name(OrtFunction function, nuint index)
    {
        nint allocator;
        nint utf8;
        library.Check(((delegate* unmanaged<nint*, nint>)library[OrtFunction.GetAllocatorWithDefaultOptions])(&allocator), "Reading a name");
        library.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)library[function])(session.Pointer, index, allocator, &utf8), "Reading a name");
        string name = OrtLibrary.Text(utf8);
        library.Check(((delegate* unmanaged<nint, nint, nint>)library[OrtFunction.AllocatorFree])(allocator, utf8), "Reading a name");
        return name;
    }

    private TensorInfo? Describe(OrtFunction function, nuint index, string name)
    {
        nint type;
        library.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)library[function])(session.Pointer, index, &type), "Reading a type");
        try
        {
            // Belongs to the type; null when the value is no tensor.
            nint tensor;
            library.Check(((delegate* unmanaged<nint, nint*, nint>)library[OrtFunction.CastTypeInfoToTensorInfo])(type, &tensor), "Reading a type");
            if (tensor == 0)
            {
                return null;
            }

            int element;
            library.Check(((delegate* unmanaged<nint, int*, nint>)library[OrtFunction.GetTensorElementType])(tensor, &element), "Reading a type");
            return TensorTypes.FromOnnx(element) is { } known ? new TensorInfo(name, known, ReadShape(library, tensor)) : null;
        }
        finally
        {
            library.Release(OrtFunction.ReleaseTypeInfo, type);
        }
    }
}
