using Sluice.Sinks.Report.Facts;

namespace Sluice.Tests.Sinks.Report;

public sealed class PcaTests
{
    [Theory]
    [InlineData(1, 200, 3)]
    [InlineData(2, 500, 8)]
    [InlineData(3, 50, 20)]
    public void Of_RandomRows_AgreesWithTheEigenvectorsOfTheCovariance(int seed, int rows, int width)
    {
        Random random = new(seed);
        float[] values = [.. Enumerable.Range(0, rows * width).Select(i => (float)(((random.NextDouble() * 2) - 1) * Math.Pow(0.6, i % width)) + 5)];
        double[,] covariance = Covariance(values, rows, width);
        double[] eigenvalues = [.. Jacobi(covariance, width).OrderDescending()];
        double total = eigenvalues.Sum();
        Pca pca = Pca.Of([.. values], width);
        Assert.Equal(eigenvalues[0] / total, pca.ShareX, 4);
        Assert.Equal(eigenvalues[1] / total, pca.ShareY, 4);

        // Coordinates of principal components are centred and do not correlate.
        Assert.Equal(0, pca.X.Sum() / rows, 4);
        Assert.InRange(pca.X.Zip(pca.Y, static (a, b) => a * b).Sum() / Math.Sqrt(pca.X.Sum(a => a * a) * pca.Y.Sum(b => b * b)), -0.01, 0.01);
    }

    [Fact]
    public void Of_RowsOnALine_PutsAllVarianceOnOneAxis()
    {
        float[] values = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { 3f * i, -4f * i, 0f })];
        Pca pca = Pca.Of(values, 3);
        Assert.Equal(1, pca.ShareX, 6);
        Assert.Equal(0, pca.ShareY, 6);
        Assert.Equal(5 * 99, pca.X.Max() - pca.X.Min(), 2);
    }

    [Fact]
    public void Of_EqualRows_IsOnePoint()
    {
        Pca pca = Pca.Of([1, 2, 1, 2, 1, 2], 2);
        Assert.All(pca.X.Concat(pca.Y), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Of_OneColumn_HasNoSecondAxis()
    {
        Pca pca = Pca.Of([1, 5, 9], 1);
        Assert.Equal(8, pca.X.Max() - pca.X.Min(), 5);
        Assert.All(pca.Y, v => Assert.Equal(0, v));
    }

    private static double[,] Covariance(float[] values, int rows, int width)
    {
        double[] mean = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, rows).Average(i => values[(i * width) + j]))];
        double[,] covariance = new double[width, width];
        for (int a = 0; a < width; a++)
        {
            for (int b = 0; b < width; b++)
            {
                covariance[a, b] = Enumerable.Range(0, rows).Sum(i => (values[(i * width) + a] - mean[a]) * (values[(i * width) + b] - mean[b]));
            }
        }

        return covariance;
    }

    // Cyclic Jacobi rotations: slow, simple and exact for symmetric matrices.
    private static double[] Jacobi(double[,] matrix, int size)
    {
        for (int sweep = 0; sweep < 60; sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    if (Math.Abs(matrix[p, q]) < 1e-14)
                    {
                        continue;
                    }

                    double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
                    double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                    double c = 1 / Math.Sqrt((t * t) + 1);
                    double s = t * c;
                    for (int k = 0; k < size; k++)
                    {
                        (matrix[k, p], matrix[k, q]) = ((c * matrix[k, p]) - (s * matrix[k, q]), (s * matrix[k, p]) + (c * matrix[k, q]));
                    }

                    for (int k = 0; k < size; k++)
                    {
                        (matrix[p, k], matrix[q, k]) = ((c * matrix[p, k]) - (s * matrix[q, k]), (s * matrix[p, k]) + (c * matrix[q, k]));
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => matrix[i, i])];
    }
}
