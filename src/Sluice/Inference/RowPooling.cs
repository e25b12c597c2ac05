using System.Numerics.Tensors;
using Sluice.Inference.Manifests;

namespace Sluice.Inference;

/// <summary>Makes one vector of a row's token vectors.</summary>
internal static class RowPooling
{
    /// <summary>Pools the first <paramref name="length"/> vectors; a row without tokens gives zeros.</summary>
    /// <param name="pooling">How; not <see cref="Pooling.None"/>.</param>
    /// <param name="vectors">Token vectors, one after another, padding included.</param>
    /// <param name="length">Tokens of the row, padding left out.</param>
    /// <param name="into">The row's vector.</param>
    public static void Pool(Pooling pooling, ReadOnlySpan<float> vectors, int length, Span<float> into)
    {
        into.Clear();
        if (length == 0)
        {
            return;
        }

        int width = into.Length;
        switch (pooling)
        {
            case Pooling.Cls:
                vectors[..width].CopyTo(into);
                break;
            case Pooling.Last:
                vectors.Slice((length - 1) * width, width).CopyTo(into);
                break;
            default:
                for (int token = 0; token < length; token++)
                {
                    TensorPrimitives.Add(into, vectors.Slice(token * width, width), into);
                }

                TensorPrimitives.Divide(into, length, into);
                break;
        }
    }

    /// <summary>Scales a vector to length 1; a zero vector stays one.</summary>
    public static void Normalize(Span<float> vector)
    {
        float norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
    }
}
