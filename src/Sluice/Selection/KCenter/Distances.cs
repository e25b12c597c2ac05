using System.Runtime.CompilerServices;

namespace Sluice.Selection.KCenter;

/// <summary>
/// Each row's squared distance to the nearest of the centres it was measured against. It only falls as centres are added, so a value that is behind is an upper bound.
/// </summary>
internal sealed class Distances
{
    private long _confirmed;

    public Distances(int count)
    {
        Squared = new double[count];
        Array.Fill(Squared, double.PositiveInfinity);
        Seen = new int[count];
    }

    /// <summary>The values.</summary>
    public double[] Squared { get; }

    /// <summary>How many centres, in the order chosen, each row was measured against.</summary>
    public int[] Seen { get; }

    /// <summary>Pairs measured exactly because a bound left them open.</summary>
    public long Confirmed => _confirmed;

    /// <summary>Adds to <see cref="Confirmed"/>; by any thread.</summary>
    public void Count(int confirmed) => Interlocked.Add(ref _confirmed, confirmed);

    /// <summary>The largest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Max()
    {
        double max = 0;
        foreach (double squared in Squared)
        {
            max = squared > max ? squared : max;
        }

        return max;
    }

    /// <summary>The rows that come before the mark, in index order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] Before(Mark mark)
    {
        List<int> rows = [];
        double[] squared = Squared;
        for (int row = 0; row < squared.Length; row++)
        {
            if (squared[row] >= mark.Squared && mark.IsBelow(squared[row], row))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    /// <summary>A value that about <paramref name="wanted"/> rows exceed, judged by an even sample.</summary>
    public double Quantile(int wanted)
    {
        const int sampleSize = 4096;
        int stride = Math.Max(1, Squared.Length / sampleSize);
        double[] sample = new double[(Squared.Length + stride - 1) / stride];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = Squared[i * stride];
        }

        Array.Sort(sample);
        int place = Math.Clamp((int)((long)wanted * sample.Length / Squared.Length), 1, sample.Length);
        return sample[sample.Length - place];
    }
}
