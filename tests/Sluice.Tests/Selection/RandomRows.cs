using Sluice.Selection;

namespace Sluice.Tests.Selection;

/// <summary>Seeded point sets of the kinds that break selection code.</summary>
internal static class RandomRows
{
    public static MatrixRows Make(string kind, int count, int width, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count * width];
        float[] centres = [.. Enumerable.Range(0, 12 * width).Select(_ => (float)Normal(random) * 5)];
        for (int row = 0; row < count; row++)
        {
            int cluster = random.Next(12);
            int copy = row > 0 && random.Next(3) == 0 ? random.Next(row) : -1;
            for (int k = 0; k < width; k++)
            {
                values[(row * width) + k] = kind switch
                {
                    "random" => (float)Normal(random),
                    "uniform" => random.NextSingle(),
                    "clustered" => centres[(cluster * width) + k] + ((float)Normal(random) * 0.05f),
                    "duplicates" => copy >= 0 ? values[(copy * width) + k] : (float)Normal(random),
                    "lattice" => random.Next(-2, 3),
                    "offset" => 10_000 + (float)Normal(random),
                    "huge" => (float)Normal(random) * 1e19f,
                    "tiny" => (float)Normal(random) * 1e-22f,
                    "equal" => 3,
                    _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
                };
            }
        }

        return new MatrixRows(values, width);
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
