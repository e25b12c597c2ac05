using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sluice.Selection.KCenter;

/// <summary>One thread's work space for <see cref="Refresh"/>.</summary>
internal sealed class RefreshChunk(MetricSpace space, Centres centres, Distances distances, int capacity)
{
    private readonly float[] _packed = new float[capacity * space.Width];
    private readonly float[] _thresholds = new float[capacity];
    private readonly int[] _alive = new int[capacity + PanelKernel.Rows];
    private readonly float[] _results = new float[PanelKernel.Rows * PanelKernel.Lanes];
    private int _confirmed;

    /// <summary>Updates rows sorted by the panel they begin with.</summary>
    public void Run(ReadOnlySpan<int> rows, Mark mark)
    {
        _confirmed = 0;
        Update(rows, mark);
        distances.Count(_confirmed);
    }

    private int Begin(int row) => distances.Seen[row] / PanelKernel.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(ReadOnlySpan<int> rows, Mark mark)
    {
        int next = 0;
        int alive = 0;
        for (int panel = Begin(rows[0]); panel < centres.Panels; panel++)
        {
            if (alive == 0)
            {
                if (next == rows.Length)
                {
                    return;
                }

                panel = Begin(rows[next]);
            }

            for (; next < rows.Length && Begin(rows[next]) <= panel; next++)
            {
                space.Pack(rows[next], _packed.AsSpan(next * space.Width, space.Width));
                _thresholds[next] = MetricSpace.Threshold(space.Term(rows[next]), distances.Squared[rows[next]]);
                _alive[alive++] = next;
            }

            Measure(rows, alive, panel);
            alive = Drop(rows, alive, panel, mark);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(ReadOnlySpan<int> rows, int alive, int panel)
    {
        // The last group is filled up with its first row again; what it gives is not read.
        _alive.AsSpan(alive, PanelKernel.Rows - 1).Fill(_alive[0]);
        for (int at = 0; at < alive; at += PanelKernel.Rows)
        {
            ReadOnlySpan<int> group = _alive.AsSpan(at, PanelKernel.Rows);
            PanelKernel.Run(centres.Panel(panel), centres.HalfTerms(panel), _packed, group, space.Width, _results);
            for (int k = 0; k < Math.Min(PanelKernel.Rows, alive - at); k++)
            {
                ReadOnlySpan<float> results = _results.AsSpan(k * PanelKernel.Lanes, PanelKernel.Lanes);
                uint near = PanelKernel.Above(results, _thresholds[group[k]]);
                if (near != 0)
                {
                    Confirm(rows[group[k]], group[k], panel, near, results);
                }
            }
        }
    }

    // Nearest first: its exact distance usually rules the others out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Confirm(int row, int slot, int panel, uint near, ReadOnlySpan<float> results)
    {
        int first = panel * PanelKernel.Lanes;
        near &= (uint)((1UL << Math.Min(PanelKernel.Lanes, centres.Count - first)) - 1);
        while (near != 0)
        {
            int best = BitOperations.TrailingZeroCount(near);
            for (uint others = near & (near - 1); others != 0; others &= others - 1)
            {
                int lane = BitOperations.TrailingZeroCount(others);
                best = results[lane] > results[best] ? lane : best;
            }

            near &= ~(1u << best);
            _confirmed++;
            double squared = space.Squared(row, centres[first + best]);
            if (squared < distances.Squared[row])
            {
                distances.Squared[row] = squared;
                _thresholds[slot] = MetricSpace.Threshold(space.Term(row), squared);
                near &= PanelKernel.Above(results, _thresholds[slot]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Drop(ReadOnlySpan<int> rows, int alive, int panel, Mark mark)
    {
        int seen = Math.Min((panel + 1) * PanelKernel.Lanes, centres.Count);
        int kept = 0;
        for (int i = 0; i < alive; i++)
        {
            int row = rows[_alive[i]];
            distances.Seen[row] = seen;
            if (mark.IsBelow(distances.Squared[row], row))
            {
                _alive[kept++] = _alive[i];
            }
        }

        return kept;
    }
}
