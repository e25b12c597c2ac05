using System.Numerics.Tensors;
using Sluice.Records;

namespace Sluice.Selection.Tagging;

/// <summary>
/// DBSCAN by cosine distance: Ester, Kriegel, Sander and Xu, KDD 1996. A point with enough others near it is a core; cores near each other are one cluster, with whatever
/// lies near them. Time grows with the square of the points.
/// </summary>
internal static class DensityClusters
{
    /// <summary>The cluster of no cluster.</summary>
    public const int Noise = -1;

    /// <summary>
    /// A cluster's number for each point, from 0 in the order of their lowest core; <see cref="Noise"/> for points near no core. A point near cores of several clusters belongs to
    /// the first of them.
    /// </summary>
    /// <param name="points">One vector each; lengths do not matter, and a vector of zeros is at distance 1 from every other.</param>
    /// <param name="distance">Cosine distance, 1 - cos, up to which points are near (0 to 2).</param>
    /// <param name="minSamples">Points near a core at least, itself included.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="token">Stops the work.</param>
    public static int[] Run(VectorData points, double distance, int minSamples, Action<double> progress, CancellationToken token)
    {
        int count = points.Values.Length / points.Width;
        List<int>[] near = Neighbours(Unit(points), points.Width, count, distance, progress, token);
        int[] cluster = new int[count];
        Array.Fill(cluster, Noise);
        Stack<int> open = new();
        int clusters = 0;
        for (int i = 0; i < count; i++)
        {
            if (cluster[i] == Noise && near[i].Count + 1 >= minSamples)
            {
                cluster[i] = clusters;
                open.Push(i);
                while (open.TryPop(out int core))
                {
                    foreach (int other in near[core])
                    {
                        if (cluster[other] == Noise)
                        {
                            cluster[other] = clusters;
                            if (near[other].Count + 1 >= minSamples)
                            {
                                open.Push(other);
                            }
                        }
                    }
                }

                clusters++;
            }
        }

        return cluster;
    }

    // Each pair is looked at once, by the lower of the two, so the answer is the same for any number of threads.
    private static List<int>[] Neighbours(float[] unit, int width, int count, double distance, Action<double> progress, CancellationToken token)
    {
        List<int>[] near = new List<int>[count];
        double least = 1 - distance;
        int done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = token }, i =>
        {
            List<int> after = [];
            ReadOnlySpan<float> point = unit.AsSpan(i * width, width);
            for (int j = i + 1; j < count; j++)
            {
                if (TensorPrimitives.Dot(point, unit.AsSpan(j * width, width)) >= least)
                {
                    after.Add(j);
                }
            }

            near[i] = after;
            int finished = Interlocked.Increment(ref done);
            if (finished % 1024 == 0)
            {
                progress((double)finished / count);
            }
        });
        for (int i = 0; i < count; i++)
        {
            foreach (int other in near[i])
            {
                if (other > i)
                {
                    near[other].Add(i);
                }
            }
        }

        return near;
    }

    private static float[] Unit(VectorData points)
    {
        float[] unit = [.. points.Values];
        for (int at = 0; at < unit.Length; at += points.Width)
        {
            Span<float> row = unit.AsSpan(at, points.Width);
            float length = TensorPrimitives.Norm(row);
            if (length > 0)
            {
                TensorPrimitives.Divide(row, length, row);
            }
        }

        return unit;
    }
}
