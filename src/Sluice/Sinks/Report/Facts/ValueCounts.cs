namespace Sluice.Sinks.Report.Facts;

/// <summary>One group of rows in a histogram.</summary>
internal sealed class ValueCounts(int bins)
{
    private readonly long[] _bins = new long[bins];
    private double _sum;

    /// <summary>Rows by bin.</summary>
    public IReadOnlyList<long> Bins => _bins;

    /// <summary>Rows with a value.</summary>
    public long Count { get; private set; }

    /// <summary>Rows without a value.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows whose value lies outside the bins; the end bins hold them.</summary>
    public long Outside { get; private set; }

    /// <summary>Mean of the values; NaN when there are none.</summary>
    public double Mean => Count == 0 ? double.NaN : _sum / Count;

    /// <summary>Share of the group's values in a bin.</summary>
    public double Share(int bin) => Count == 0 ? 0 : (double)_bins[bin] / Count;

    /// <summary>Counts a value.</summary>
    public void Add(int bin, double value, bool isOutside)
    {
        _bins[bin]++;
        Count++;
        _sum += value;
        Outside += isOutside ? 1 : 0;
    }

    /// <summary>Counts a row without a value.</summary>
    public void Miss() => Missing++;
}
