using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>One run of a session: its values, and the managed arrays held still under them until it is disposed.</summary>
internal sealed unsafe class RunCall : IDisposable
{
    private readonly OrtLibrary _library;
    private readonly OrtHandle _memory;
    private readonly nint[] _inputNames;
    private readonly nint[] _inputs;
    private readonly nint[] _outputNames;
    private readonly nint[] _outputs;
    private readonly PinnedGCHandle<Array>[] _pins;
    private int _inputCount;
    private int _outputCount;
    private int _pinCount;

    /// <summary>Makes room for a run.</summary>
    public RunCall(OrtLibrary library, OrtHandle memory, int inputs, int outputs)
    {
        _library = library;
        _memory = memory;
        _inputNames = new nint[inputs];
        _inputs = new nint[inputs];
        _outputNames = new nint[outputs];
        _outputs = new nint[outputs];
        _pins = new PinnedGCHandle<Array>[inputs + outputs];
    }

    /// <summary>Adds an input whose array the run reads in place.</summary>
    public void AddInput(Port port, Tensor tensor)
    {
        _inputNames[_inputCount] = port.Utf8Name.Pointer;
        _inputs[_inputCount] = Wrap(port, tensor);
        _inputCount++;
    }

    /// <summary>Adds an output; with a tensor the run writes into its array, else into memory of the library's own.</summary>
    public void AddOutput(Port port, Tensor? tensor = null)
    {
        _outputNames[_outputCount] = port.Utf8Name.Pointer;
        _outputs[_outputCount] = tensor is null ? 0 : Wrap(port, tensor);
        _outputCount++;
    }

    /// <summary>Runs. Throws <see cref="InferenceException"/> that begins with <paramref name="doing"/>.</summary>
    public void Run(nint session, string doing)
    {
        fixed (nint* inputNames = _inputNames, inputs = _inputs, outputNames = _outputNames, outputs = _outputs)
        {
            var run = (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_library[OrtFunction.Run];
            _library.Check(run(session, 0, inputNames, inputs, (nuint)_inputs.Length, outputNames, (nuint)_outputs.Length, outputs), doing);
        }
    }

    /// <summary>Runs with inputs and outputs bound beforehand; every output must have an array. Throws as the other does.</summary>
    public void Run(RunBinding binding, nint session, string doing)
    {
        for (int i = 0; i < _inputCount; i++)
        {
            binding.BindInput(_inputNames[i], _inputs[i], doing);
        }

        for (int i = 0; i < _outputCount; i++)
        {
            binding.BindOutput(_outputNames[i], _outputs[i], doing);
        }

        binding.Run(session, doing);
    }

    /// <summary>Copies an output that the library holds.</summary>
    public Tensor ReadOutput(int index, TensorInfo declared)
    {
        nint value = _outputs[index];
        nint info;
        _library.Check(((delegate* unmanaged<nint, nint*, nint>)_library[OrtFunction.GetTensorTypeAndShape])(value, &info), "Reading an output");
        long[] shape;
        try
        {
            shape = SessionSignature.ReadShape(_library, info);
        }
        finally
        {
            _library.Release(OrtFunction.ReleaseTensorTypeAndShapeInfo, info);
        }

        long count = 1;
        foreach (long dimension in shape)
        {
            count = checked(count * dimension);
        }

        Array data = TensorTypes.Allocate(declared.Type, count);
        void* source;
        _library.Check(((delegate* unmanaged<nint, void**, nint>)_library[OrtFunction.GetTensorMutableData])(value, &source), "Reading an output");
        long bytes = count * TensorTypes.Size(declared.Type);
        fixed (byte* target = &MemoryMarshal.GetArrayDataReference(data))
        {
            Buffer.MemoryCopy(source, target, bytes, bytes);
        }

        return new Tensor(declared.Name, data, shape);
    }

    /// <summary>Gives the values back and lets the arrays go.</summary>
    public void Dispose()
    {
        Release(_inputs);
        Release(_outputs);
        for (int i = 0; i < _pinCount; i++)
        {
            _pins[i].Dispose();
        }

        _pinCount = 0;
    }

    private nint Wrap(Port port, Tensor tensor)
    {
        var pin = new PinnedGCHandle<Array>(tensor.Data);
        _pins[_pinCount++] = pin;
        void* data = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(tensor.Data));
        long count = 1;
        Span<long> shape = stackalloc long[tensor.Shape.Count];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = tensor.Shape[i];
            count *= shape[i];
        }

        nint value;
        int size = TensorTypes.Size(port.Info.Type);
        var create = (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_library[OrtFunction.CreateTensorWithDataAsOrtValue];
        fixed (long* dimensions = shape)
        {
            _library.Check(
                create(_memory.Pointer, data, (nuint)(count * size), dimensions, (nuint)shape.Length, TensorTypes.ToOnnx(port.Info.Type), &value),
                $"Preparing '{tensor.Name}'");
        }

        return value;
    }

    private void Release(nint[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                _library.Release(OrtFunction.ReleaseValue, values[i]);
                values[i] = 0;
            }
        }
    }
}
