using System.Collections.Concurrent;
using Sluice.Inference;

namespace Sluice.Onnx;

/// <summary>A loaded graph. Each run works on values of its own, so many threads may run it at once.</summary>
internal sealed unsafe class OnnxSession : IInferenceSession
{
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;

    private readonly OrtLibrary _library;
    private readonly OrtHandle _session;
    private readonly OrtHandle _memory;
    private readonly string _modelPath;
    private readonly Dictionary<string, Port> _inputs;
    private readonly Dictionary<string, Port> _outputs;
    private readonly ConcurrentBag<RunBinding>? _bindings;

    /// <summary>Takes a session over and reads what it declares; a graph with inputs that are no tensors is refused.</summary>
    public OnnxSession(OrtLibrary library, OrtHandle session, string modelPath, string provider, bool bound)
    {
        _bindings = bound ? [] : null;
        _library = library;
        _session = session;
        _modelPath = modelPath;
        Provider = provider;
        nint memory;
        library.Check(((delegate* unmanaged<int, int, nint*, nint>)library[OrtFunction.CreateCpuMemoryInfo])(ArenaAllocator, DefaultMemory, &memory), "Describing memory");
        _memory = new OrtHandle(memory, library[OrtFunction.ReleaseMemoryInfo]);
        try
        {
            var reader = new SessionSignature(library, session, modelPath);
            _inputs = reader.ReadInputs();
            _outputs = reader.ReadOutputs();
        }
        catch
        {
            Dispose();
            throw;
        }

        Inputs = [.. _inputs.Values.Select(port => port.Info)];
        Outputs = [.. _outputs.Values.Select(port => port.Info)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Outputs { get; }

    /// <inheritdoc/>
    public string Provider { get; }

    /// <inheritdoc/>
    public string? FallbackReason { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var wanted = new Port[outputs.Count];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = Find(_outputs, outputs[i], "output");
        }

        using var call = new RunCall(_library, _memory, inputs.Count, wanted.Length);
        AddInputs(call, inputs);
        foreach (Port port in wanted)
        {
            call.AddOutput(port);
        }

        Run(call);
        var results = new Tensor[wanted.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = call.ReadOutput(i, wanted[i].Info);
        }

        return results;
    }

    /// <inheritdoc/>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        using var call = new RunCall(_library, _memory, inputs.Count, outputs.Count);
        AddInputs(call, inputs);
        for (int i = 0; i < outputs.Count; i++)
        {
            Port port = Find(_outputs, outputs[i].Name, "output");
            CheckData(outputs[i], port, "output");
            call.AddOutput(port, outputs[i]);
        }

        Run(call, isBound: _bindings is not null);
    }

    /// <summary>Unloads the graph once the runs under way have ended.</summary>
    // Names, memory description and the bindings of runs under way are a few bytes still read by them: their own finalizers free them after it.
    public void Dispose()
    {
        while (_bindings?.TryTake(out RunBinding? idle) == true)
        {
            idle.Dispose();
        }

        _session.Dispose();
    }

    private void AddInputs(RunCall call, IReadOnlyList<Tensor> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            Port port = Find(_inputs, inputs[i].Name, "input");
            CheckData(inputs[i], port, "input");
            call.AddInput(port, inputs[i]);
        }
    }

    private void Run(RunCall call, bool isBound = false)
    {
        bool added = false;
        try
        {
            _session.DangerousAddRef(ref added);
            string doing = $"The model {_modelPath} failed";
            if (isBound)
            {
                // One binding serves one run at a time; one that a failing run leaves behind is not used again.
                RunBinding binding = _bindings!.TryTake(out RunBinding? idle) ? idle : new RunBinding(_library, _session);
                call.Run(binding, _session.Pointer, doing);
                _bindings.Add(binding);
            }
            else
            {
                call.Run(_session.Pointer, doing);
            }
        }
        finally
        {
            if (added)
            {
                _session.DangerousRelease();
            }
        }
    }

    private Port Find(Dictionary<string, Port> ports, string name, string kind) => ports.TryGetValue(name, out Port? port)
        ? port
        : throw new InferenceException($"Found the {kind} '{name}', expected one of {string.Join(", ", ports.Keys)} as in the model {_modelPath}.");

    private void CheckData(Tensor tensor, Port port, string kind)
    {
        if (TensorTypes.Of(tensor.Data) != port.Info.Type)
        {
            throw new InferenceException(
                $"Found {tensor.Data.GetType().Name} data for the {kind} '{tensor.Name}', expected {port.Info.Type} as in the model {_modelPath}.");
        }

        long count = 1;
        foreach (long dimension in tensor.Shape)
        {
            count = dimension < 0
                ? throw new InferenceException($"Found the dimension {dimension} for the {kind} '{tensor.Name}' of the model {_modelPath}, expected none below 0.")
                : checked(count * dimension);
        }

        if (tensor.Data.LongLength < count)
        {
            throw new InferenceException(
                $"Found {tensor.Data.LongLength} values for the {kind} '{tensor.Name}' of the model {_modelPath}, expected {count} as its shape [{string.Join(", ", tensor.Shape)}] needs.");
        }
    }
}
