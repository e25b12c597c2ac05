namespace Sluice.Onnx;

/// <summary>
/// An <c>OrtIoBinding</c>: inputs are copied to the device as they are bound, outputs straight back to where they are wanted. Serves one run after another,
/// one at a time.
/// </summary>
internal sealed unsafe class RunBinding : IDisposable
{
    private readonly OrtLibrary _library;
    private readonly OrtHandle _binding;

    /// <summary>Creates a binding for runs of a session.</summary>
    public RunBinding(OrtLibrary library, OrtHandle session)
    {
        _library = library;
        nint binding;
        library.Check(((delegate* unmanaged<nint, nint*, nint>)library[OrtFunction.CreateIoBinding])(session.Pointer, &binding), "Binding inputs and outputs");
        _binding = new OrtHandle(binding, library[OrtFunction.ReleaseIoBinding]);
    }

    /// <summary>Binds a value to an input.</summary>
    public void BindInput(nint name, nint value, string doing) => Bind(OrtFunction.BindInput, name, value, doing);

    /// <summary>Binds a value to an output.</summary>
    public void BindOutput(nint name, nint value, string doing) => Bind(OrtFunction.BindOutput, name, value, doing);

    /// <summary>Runs and lets the values go.</summary>
    public void Run(nint session, string doing)
    {
        Call(OrtFunction.SynchronizeBoundInputs, doing);
        _library.Check(((delegate* unmanaged<nint, nint, nint, nint>)_library[OrtFunction.RunWithBinding])(session, 0, _binding.Pointer), doing);
        Call(OrtFunction.SynchronizeBoundOutputs, doing);
        _library.Release(OrtFunction.ClearBoundInputs, _binding.Pointer);
        _library.Release(OrtFunction.ClearBoundOutputs, _binding.Pointer);
        GC.KeepAlive(_binding);
    }

    /// <summary>Gives the binding back.</summary>
    public void Dispose() => _binding.Dispose();

    private void Bind(OrtFunction function, nint name, nint value, string doing) =>
        _library.Check(((delegate* unmanaged<nint, nint, nint, nint>)_library[function])(_binding.Pointer, name, value), doing);

    private void Call(OrtFunction function, string doing) => _library.Check(((delegate* unmanaged<nint, nint>)_library[function])(_binding.Pointer), doing);
}
