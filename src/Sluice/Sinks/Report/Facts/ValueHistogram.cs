namespace Sluice.Sinks.Report.Facts;

/// <summary>A column's values counted in bins, the selected rows beside the dropped ones.</summary>
internal sealed class ValueHistogram
{
    private const int Bins = 32;
    private const int Sampled = 20_000;

    private ValueHistogram(double[] edges, bool isLogarithmic)
    {
        Edges = edges;
        IsLogarithmic = isLogarithmic;
        Kept = new ValueCounts(edges.Length - 1);
        Dropped = new ValueCounts(edges.Length - 1);
    }

    /// <summary>Bin i lies between edge i and edge i + 1; the last holds its upper edge too. In a logarithmic histogram, decimal logarithms.</summary>
    public double[] Edges { get; }

    /// <summary>Whether bins are equal steps of the logarithm.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The selected rows.</summary>
    public ValueCounts Kept { get; }

    /// <summary>The dropped candidates.</summary>
    public ValueCounts Dropped { get; }

    /// <summary>Counts the candidates' values; null when none of them has one.</summary>
    /// <param name="values">One a pool row; values that are not finite are absent.</param>
    /// <param name="fates">Which rows were selected and dropped.</param>
    /// <param name="isLogarithmic">Whether to count logarithms; values below 1 count as 1 then.</param>
    public static ValueHistogram? Of(double[] values, RowFates fates, bool isLogarithmic)
    {
        double[]? edges = EdgesOf(values, fates, isLogarithmic);
        if (edges is null)
        {
            return null;
        }

        ValueHistogram histogram = new(edges, isLogarithmic);
        double width = edges[1] - edges[0];
        for (int row = 0; row < values.Length; row++)
        {
            if (fates[row] == RowFates.NoCandidate)
            {
                continue;
            }

            ValueCounts counts = fates[row] == RowFates.Selected ? histogram.Kept : histogram.Dropped;
            double value = values[row];
            if (!double.IsFinite(value))
            {
                counts.Miss();
                continue;
            }

            double place = (Scaled(value, isLogarithmic) - edges[0]) / width;
            counts.Add((int)Math.Clamp(place, 0, edges.Length - 2), value, place < 0 || place > edges.Length - 1);
        }

        return histogram;
    }

    /// <summary>An edge in the column's own unit.</summary>
    public double EdgeValue(int edge) => IsLogarithmic ? Math.Pow(10, Edges[edge]) : Edges[edge];

    private static double Scaled(double value, bool isLogarithmic) => isLogarithmic ? Math.Log10(Math.Max(1, value)) : value;

    private static double[]? EdgesOf(double[] values, RowFates fates, bool isLogarithmic)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        bool whole = true;
        List<double> sample = [];
        int stride = Math.Max(1, values.Length / Sampled);
        for (int row = 0; row < values.Length; row++)
        {
            if (fates[row] == RowFates.NoCandidate || !double.IsFinite(values[row]))
            {
                continue;
            }

            double value = Scaled(values[row], isLogarithmic);
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            whole &= value == Math.Floor(value);
            if (row % stride == 0)
            {
                sample.Add(value);
            }
        }

        if (min > max)
        {
            return null;
        }

        if (whole && max - min < Bins)
        {
            return Equal(min - 0.5, max + 0.5, (int)(max - min) + 1);
        }

        if (min == max)
        {
            double half = Math.Max(Math.Abs(min) * 0.05, 0.05);
            return Equal(min - half, max + half, 3);
        }

        (min, max) = Trim(min, max, sample);
        return Equal(min, max, Bins);
    }

    // A few extreme values would press all others into one bin: the range then ends near the middle 98 %, and the end bins collect the rest.
    private static (double Min, double Max) Trim(double min, double max, List<double> sample)
    {
        if (sample.Count < 100)
        {
            return (min, max);
        }

        sample.Sort();
        double low = sample[sample.Count / 100];
        double high = sample[^(1 + (sample.Count / 100))];
        double reach = high - low;
        return reach > 0 && max - min > 4 * reach ? (Math.Max(min, low - (reach / 2)), Math.Min(max, high + (reach / 2))) : (min, max);
    }

    private static double[] Equal(double min, double max, int bins) => [.. Enumerable.Range(0, bins + 1).Select(i => min + ((max - min) * i / bins))];
}
