using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// Columns of the similarity matrix that were needed lately: for each such row its shortfall to every row. When they fill their space, the ones not used for longest go.
/// </summary>
internal sealed class Shortfalls
{
    /// <summary>Columns that may be asked for together, of which at most sixteen may be missing.</summary>
    public const int LargestBatch = 4 * PanelKernel.Lanes;

    private readonly FacilitySpace _space;
    private readonly ParallelOptions _parallel;
    private readonly int _capacity;
    private readonly Dictionary<int, float[]> _columns = [];
    private readonly Dictionary<int, long> _used = [];
    private readonly Stack<float[]> _free = [];
    private long _clock;

    public Shortfalls(FacilitySpace space, long cacheBytes, ParallelOptions parallel)
    {
        _space = space;
        _parallel = parallel;
        _capacity = (int)Math.Clamp(cacheBytes / sizeof(float) / space.Count, 2 * PanelKernel.Lanes, int.MaxValue);
    }

    /// <summary>Columns computed so far.</summary>
    public long Computed { get; private set; }

    /// <summary>A column; computed when it is not there, which <see cref="Load"/> does for sixteen at the price of one.</summary>
    public float[] this[int row]
    {
        get
        {
            Load([row]);
            return _columns[row];
        }
    }

    /// <summary>Whether a column is there.</summary>
    public bool Holds(int row) => _columns.ContainsKey(row);

    /// <summary>Makes sure of columns; they stay until others are asked for.</summary>
    public void Load(IReadOnlyList<int> rows)
    {
        List<int> missing = [];
        foreach (int row in rows)
        {
            _used[row] = ++_clock;
            if (!_columns.ContainsKey(row))
            {
                missing.Add(row);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        Computed += missing.Count;
        MakeRoom(missing.Count);
        float[][] columns = new float[missing.Count][];
        for (int i = 0; i < columns.Length; i++)
        {
            _columns[missing[i]] = columns[i] = _free.TryPop(out float[]? free) ? free : new float[_space.Count];
        }

        LanePanel panel = new(_space.Width);
        _space.Fill(panel, CollectionsMarshal.AsSpan(missing));
        RowBlocks.Run(_space.Count, _parallel, (from, to) => Compute(panel, columns, from, to));
    }

    /// <summary>Forgets the column of a row that is chosen.</summary>
    public void Remove(int row)
    {
        if (_columns.Remove(row, out float[]? column))
        {
            _free.Push(column);
            _used.Remove(row);
        }
    }

    /// <summary>Forgets all columns and gives their space back.</summary>
    public void Clear()
    {
        _columns.Clear();
        _used.Clear();
        _free.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compute(LanePanel panel, float[][] columns, int from, int to)
    {
        float[] results = new float[PanelKernel.Rows * PanelKernel.Lanes];
        Span<int> group = stackalloc int[PanelKernel.Rows];
        for (int row = from; row < to; row += PanelKernel.Rows)
        {
            for (int k = 0; k < PanelKernel.Rows; k++)
            {
                group[k] = Math.Min(row + k, to - 1);
            }

            PanelKernel.Run(panel.Numbers, panel.Offsets, _space.Packed, group, _space.Width, results);
            for (int k = 0; k < Math.Min(PanelKernel.Rows, to - row); k++)
            {
                Span<float> products = results.AsSpan(k * PanelKernel.Lanes, PanelKernel.Lanes);
                _space.Shortfalls(row + k, products, panel);
                for (int lane = 0; lane < columns.Length; lane++)
                {
                    columns[lane][row + k] = products[lane];
                }
            }
        }
    }

    private void MakeRoom(int wanted)
    {
        if (_columns.Count + wanted <= _capacity)
        {
            return;
        }

        // The ones asked for now are the last used; an eighth at a time, so that the sorting is rare.
        int let = Math.Max(wanted, _capacity / 8);
        foreach (int row in _columns.Keys.OrderBy(r => _used[r]).Take(let).ToArray())
        {
            Remove(row);
        }
    }
}
