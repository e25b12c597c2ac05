namespace Sluice.Inference.Bench;

/// <summary>One call of a session as a model made it, to be made again: its padded inputs, copied, and the shapes of its outputs.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs; only names, element types and shapes count.</param>
internal sealed record RecordedRun(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Copies a call. The arrays of its inputs are rented and will hold something else soon.</summary>
    public static RecordedRun Of(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => new(
        [.. inputs.Select(Copy)],
        [.. outputs.Select(output => output with { Data = Array.CreateInstance(output.Data.GetType().GetElementType()!, 0) })]);

    /// <summary>Rows of the call.</summary>
    public int Rows => (int)Inputs[0].Shape[0];

    /// <summary>Numbers of an output's shape.</summary>
    public static int Count(Tensor tensor) => checked((int)tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension));

    private static Tensor Copy(Tensor tensor)
    {
        int count = Count(tensor);
        Array data = Array.CreateInstance(tensor.Data.GetType().GetElementType()!, count);
        Array.Copy(tensor.Data, data, count);
        return tensor with { Data = data };
    }
}
