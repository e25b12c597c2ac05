using System.Numerics.Tensors;
using Sluice.Selection;

namespace Sluice.Benchmarks.Selection;

/// <summary>Unit vectors around some directions with a falling spectrum, as sentence embeddings have.</summary>
internal static class ClusteredRows
{
    public static MatrixRows Make(int count, int width, int clusters, float spread)
    {
        Random random = new(1);
        float[] values = new float[count * width];
        float[] centres = [.. Enumerable.Range(0, clusters * width).Select(_ => (2 * random.NextSingle()) - 1)];
        for (int row = 0; row < count; row++)
        {
            Span<float> vector = values.AsSpan(row * width, width);
            int centre = random.Next(clusters) * width;
            for (int k = 0; k < width; k++)
            {
                vector[k] = (spread * ((2 * random.NextSingle()) - 1) / (1 + (0.1f * k))) + (0.5f * centres[centre + k] / (1 + (0.05f * k)));
            }

            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return new MatrixRows(values, width);
    }

    /// <summary>Unit vectors in every direction alike, where no row is near another: the worst case of a lazy choice.</summary>
    public static MatrixRows Isotropic(int count, int width)
    {
        Random random = new(1);
        float[] values = new float[count * width];
        for (int row = 0; row < count; row++)
        {
            Span<float> vector = values.AsSpan(row * width, width);
            for (int k = 0; k < width; k++)
            {
                // The sum of four uniform numbers is near enough to a normal one.
                vector[k] = random.NextSingle() + random.NextSingle() + random.NextSingle() + random.NextSingle() - 2;
            }

            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return new MatrixRows(values, width);
    }
}
