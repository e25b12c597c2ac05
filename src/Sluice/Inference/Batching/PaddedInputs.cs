using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Sluice.Inference.Manifests;

namespace Sluice.Inference.Batching;

/// <summary>The padded input tensors of one batch, in rented arrays that are given back on disposal.</summary>
internal sealed class PaddedInputs : IDisposable
{
    private readonly Tensor[] _tensors;

    /// <summary>Fills the inputs a model declares: rows in the given order, padded on the right to the longest of them (at least 1).</summary>
    public PaddedInputs(IReadOnlyList<ModelInput> inputs, TokenizedRows tokens, ReadOnlySpan<int> rows, int padId)
    {
        Length = 1;
        foreach (int row in rows)
        {
            Length = Math.Max(Length, tokens.LengthOf(row));
        }

        long[] shape = [rows.Length, Length];
        _tensors = new Tensor[inputs.Count];
        for (int i = 0; i < _tensors.Length; i++)
        {
            ModelInput input = inputs[i];
            Array data = input.Type switch
            {
                TensorType.Int64 => Rent<long>(input.Role, tokens, rows, padId),
                TensorType.Int32 => Rent<int>(input.Role, tokens, rows, padId),
                TensorType.Float32 => Rent<float>(input.Role, tokens, rows, padId),
                _ => throw new InvalidOperationException($"This is a bug: an input of type {input.Type} passed the manifest."),
            };
            _tensors[i] = new Tensor(input.Name, data, shape);
        }
    }

    /// <summary>Tokens of a row, padding included.</summary>
    public int Length { get; }

    /// <summary>The tensors, each rows x <see cref="Length"/>.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors)
        {
            switch (tensor.Data)
            {
                case long[] data:
                    ArrayPool<long>.Shared.Return(data);
                    break;
                case int[] data:
                    ArrayPool<int>.Shared.Return(data);
                    break;
                case float[] data:
                    ArrayPool<float>.Shared.Return(data);
                    break;
            }
        }
    }

    private T[] Rent<T>(InputRole role, TokenizedRows tokens, ReadOnlySpan<int> rows, int padId)
        where T : INumber<T>
    {
        T[] data = ArrayPool<T>.Shared.Rent(rows.Length * Length);
        T padding = role switch
        {
            InputRole.Ids => T.CreateChecked(padId),
            InputRole.Positions => T.One,
            _ => T.Zero,
        };
        for (int i = 0; i < rows.Length; i++)
        {
            Span<T> line = data.AsSpan(i * Length, Length);
            int length = tokens.LengthOf(rows[i]);
            switch (role)
            {
                case InputRole.Ids:
                    TensorPrimitives.ConvertTruncating(tokens.IdsOf(rows[i]), line);
                    break;
                case InputRole.Mask:
                    line[..length].Fill(T.One);
                    break;
                case InputRole.Positions:
                    for (int at = 0; at < length; at++)
                    {
                        line[at] = T.CreateTruncating(at);
                    }

                    break;
                default:
                    TensorPrimitives.ConvertTruncating(tokens.TypesOf(rows[i]), line);
                    break;
            }

            line[length..].Fill(padding);
        }

        return data;
    }
}
