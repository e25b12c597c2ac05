using System.Numerics.Tensors;

namespace Sluice.Sinks.Report.Facts;

/// <summary>
/// The two directions in which vectors vary most (principal component analysis), by power iteration on the centred rows: the covariance matrix is never formed, and
/// the start is fixed, so the same vectors give the same picture.
/// </summary>
/// <param name="X">Coordinate of each row along the first direction.</param>
/// <param name="Y">Along the second.</param>
/// <param name="ShareX">Share of the total variance along the first direction (0 to 1).</param>
/// <param name="ShareY">Along the second.</param>
internal sealed record Pca(double[] X, double[] Y, double ShareX, double ShareY)
{
    private const int Iterations = 200;
    private const double Tolerance = 1e-9;

    /// <summary>Projects rows. All values must be finite.</summary>
    /// <param name="values">Row-major matrix; centred in place.</param>
    /// <param name="width">Numbers a row.</param>
    public static Pca Of(float[] values, int width)
    {
        int rows = values.Length / width;
        double total = Centre(values, rows, width);
        if (!(total > 0))
        {
            return new Pca(new double[rows], new double[rows], 0, 0);
        }

        double[] first = Direction(values, rows, width, null);
        double[] second = width > 1 ? Direction(values, rows, width, first) : new double[width];
        double[] x = Project(values, rows, width, first);
        double[] y = Project(values, rows, width, second);
        return new Pca(x, y, TensorPrimitives.SumOfSquares<double>(x) / total, TensorPrimitives.SumOfSquares<double>(y) / total);
    }

    private static double Centre(float[] values, int rows, int width)
    {
        double[] mean = new double[width];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                mean[j] += values[(i * width) + j];
            }
        }

        double total = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float centred = (float)(values[(i * width) + j] - (mean[j] / rows));
                values[(i * width) + j] = centred;
                total += (double)centred * centred;
            }
        }

        return total;
    }

    private static double[] Direction(float[] values, int rows, int width, double[]? known)
    {
        // The longest row lies closest to where the rows vary; a fixed start such as (1, 1, ...) may be at right angles to it.
        double[] direction = Longest(values, rows, width, known);
        for (int step = 0; step < Iterations; step++)
        {
            double[] next = Times(values, rows, width, direction);
            Remove(next, known);
            if (!Normalize(next))
            {
                break;
            }

            double moved = 1 - Math.Abs(TensorPrimitives.Dot<double>(next, direction));
            direction = next;
            if (moved < Tolerance)
            {
                break;
            }
        }

        int largest = TensorPrimitives.IndexOfMaxMagnitude<double>(direction);
        return direction[largest] < 0 ? Array.ConvertAll(direction, static d => -d) : direction;
    }

    private static double[] Longest(float[] values, int rows, int width, double[]? known)
    {
        double[] best = new double[width];
        double length = -1;
        for (int i = 0; i < rows; i++)
        {
            double[] row = [.. values.AsSpan(i * width, width).ToArray().Select(v => (double)v)];
            Remove(row, known);
            double norm = TensorPrimitives.SumOfSquares<double>(row);
            if (norm > length)
            {
                (best, length) = (row, norm);
            }
        }

        Normalize(best);
        return best;
    }

    // X^T (X v): one pass over the rows.
    private static double[] Times(float[] values, int rows, int width, double[] direction)
    {
        double[] result = new double[width];
        float[] narrow = Array.ConvertAll(direction, static d => (float)d);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * width, width);
            double along = TensorPrimitives.Dot(row, narrow);
            for (int j = 0; j < width; j++)
            {
                result[j] += along * row[j];
            }
        }

        return result;
    }

    private static double[] Project(float[] values, int rows, int width, double[] direction)
    {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                result[i] += values[(i * width) + j] * direction[j];
            }
        }

        return result;
    }

    private static void Remove(double[] vector, double[]? known)
    {
        if (known is not null)
        {
            double along = TensorPrimitives.Dot<double>(vector, known);
            TensorPrimitives.MultiplyAdd<double>(known, -along, vector, vector);
        }
    }

    private static bool Normalize(double[] vector)
    {
        double norm = TensorPrimitives.Norm<double>(vector);
        if (!(norm > 1e-30))
        {
            return false;
        }

        TensorPrimitives.Divide(vector, norm, vector);
        return true;
    }
}
