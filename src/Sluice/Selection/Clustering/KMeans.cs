using System.Runtime.CompilerServices;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.Clustering;

/// <summary>
/// K-means (Lloyd 1982) from seeded k-means++ centres (Arthur, Vassilvitskii 2007). Sums run over a cluster's rows in row order, in double precision, so that neither threads
/// nor timing can move a centre. Ties go to the lowest cluster; a cluster that loses its last row keeps its centre. Time O(rounds x rows x clusters x width).
/// </summary>
internal sealed class KMeans
{
    private readonly IVectorRows _rows;
    private readonly KMeansOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly int[] _labels;
    private readonly List<float[]> _centres = [];

    private KMeans(IVectorRows rows, KMeansOptions options, CancellationToken token)
    {
        _rows = rows;
        _options = options;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = token };
        _labels = new int[rows.Count];
    }

    /// <summary>
    /// Clusters rows. Throws <see cref="ArgumentException"/> for options out of range, <see cref="OperationCanceledException"/> when cancelled; vectors must be finite.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Called with the number of rounds done.</param>
    /// <param name="token">Stops the clustering.</param>
    public static KMeansResult Run(IVectorRows rows, KMeansOptions options, Action<int>? progress, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Clusters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        return rows.Count == 0 ? new KMeansResult([], 0, 0, 0) : new KMeans(rows, options, token).Cluster(progress);
    }

    private KMeansResult Cluster(Action<int>? progress)
    {
        double tolerance = _options.Tolerance * ChooseCentres();
        int round = 0;
        for (bool moves = true; moves && round < _options.Rounds;)
        {
            bool changed = Assign();
            moves = (changed || round == 0) && Move() > tolerance;
            round++;
            progress?.Invoke(round);
        }

        Assign();
        double[] distances = new double[_rows.Count];
        RowBlocks.Run(_rows.Count, _parallel, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                distances[row] = ExactDistance.Squared(_rows.Row(row), 1, _centres[_labels[row]], 1);
            }
        });
        return new KMeansResult(_labels, _centres.Count, distances.Sum(), round);
    }

    // k-means++: each next centre is a row, drawn by its squared distance to the nearest centre so far. Gives the mean variance of a number, for the tolerance.
    private double ChooseCentres()
    {
        Random random = new(_options.Seed);
        double[] nearest = new double[_rows.Count];
        double variance = MeanVariance(nearest);
        Array.Fill(nearest, double.PositiveInfinity);
        for (int row = random.Next(_rows.Count); row >= 0;)
        {
            float[] centre = _rows.Row(row).ToArray();
            _centres.Add(centre);
            if (_centres.Count == _options.Clusters)
            {
                break;
            }

            RowBlocks.Run(_rows.Count, _parallel, (from, to) =>
            {
                for (int other = from; other < to; other++)
                {
                    nearest[other] = Math.Min(nearest[other], ExactDistance.Squared(_rows.Row(other), 1, centre, 1));
                }
            });
            row = Draw(nearest, random.NextDouble());
        }

        return variance;
    }

    private double MeanVariance(double[] scratch)
    {
        double[] mean = MeanRow.Compute(_rows, [], _parallel);
        float[] centre = Array.ConvertAll(mean, static v => (float)v);
        RowBlocks.Run(_rows.Count, _parallel, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                scratch[row] = ExactDistance.Squared(_rows.Row(row), 1, centre, 1);
            }
        });
        return scratch.Sum() / _rows.Count / _rows.Width;
    }

    // -1 when every row is a centre already.
    private static int Draw(double[] weights, double share)
    {
        double left = share * weights.Sum();
        int last = -1;
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0)
            {
                last = row;
                left -= weights[row];
                if (left < 0)
                {
                    return row;
                }
            }
        }

        return last;
    }

    // The nearest centre has the highest product less half its own square. Whether any label changed.
    private bool Assign()
    {
        RowPanels panels = new(_rows.Width);
        foreach (float[] centre in _centres)
        {
            panels.Add(centre, (float)(ExactDistance.SquaredLength(centre) / 2));
        }

        bool[] changed = new bool[RowBlocks.Number(_rows.Count)];
        RowBlocks.Run(_rows.Count, _parallel, (block, from, to) => changed[block] = Assign(panels, from, to));
        return changed.Contains(true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Assign(RowPanels panels, int from, int to)
    {
        float[] packed = new float[PanelKernel.Rows * _rows.Width];
        float[] results = new float[PanelKernel.Rows * PanelKernel.Lanes];
        Span<int> group = [0, 1, 2, 3, 4, 5];
        Span<float> best = stackalloc float[PanelKernel.Rows];
        Span<int> label = stackalloc int[PanelKernel.Rows];
        bool changed = false;
        for (int row = from; row < to; row += PanelKernel.Rows)
        {
            int count = Math.Min(PanelKernel.Rows, to - row);
            for (int k = 0; k < count; k++)
            {
                _rows.Row(row + k).CopyTo(packed.AsSpan(k * _rows.Width));
            }

            best.Fill(float.NegativeInfinity);
            label.Clear();
            for (int panel = 0; panel < panels.Panels; panel++)
            {
                PanelKernel.Run(panels.Panel(panel), panels.Offsets(panel), packed, group, _rows.Width, results);
                for (int i = 0; i < count * PanelKernel.Lanes; i++)
                {
                    int k = i / PanelKernel.Lanes;
                    if (results[i] > best[k])
                    {
                        best[k] = results[i];
                        label[k] = (panel * PanelKernel.Lanes) + (i % PanelKernel.Lanes);
                    }
                }
            }

            for (int k = 0; k < count; k++)
            {
                changed |= _labels[row + k] != label[k];
                _labels[row + k] = label[k];
            }
        }

        return changed;
    }

    // Each centre to the mean of its rows; the squared movement of all.
    private double Move()
    {
        List<int>[] members = [.. _centres.Select(static _ => new List<int>())];
        for (int row = 0; row < _labels.Length; row++)
        {
            members[_labels[row]].Add(row);
        }

        double[] moved = new double[_centres.Count];
        Parallel.For(0, members.Length, _parallel, cluster =>
        {
            if (members[cluster].Count == 0)
            {
                return;
            }

            double[] sum = new double[_rows.Width];
            foreach (int row in members[cluster])
            {
                Accumulate(_rows.Row(row), sum);
            }

            float[] centre = Array.ConvertAll(sum, v => (float)(v / members[cluster].Count));
            moved[cluster] = ExactDistance.Squared(centre, 1, _centres[cluster], 1);
            _centres[cluster] = centre;
        });
        return moved.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(ReadOnlySpan<float> row, Span<double> sum)
    {
        sum = sum[..row.Length];
        for (int k = 0; k < row.Length; k++)
        {
            sum[k] += row[k];
        }
    }
}
