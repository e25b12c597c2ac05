using System.Runtime.CompilerServices;

namespace Sluice.Selection.KCenter;

/// <summary>
/// The rows before a mark, all up to date: as long as one of them is left, it and no row outside is the next choice, so that many choices are made here before the other
/// rows are looked at again.
/// </summary>
internal sealed class Frontier(MetricSpace space, Centres centres, Distances distances)
{
    private float[] _packed = [];
    private int[] _slots = [];
    private int[] _rows = [];
    private float[] _thresholds = [];
    private float[] _terms = [];
    private int _count;
    private Mark _mark;

    public bool IsEmpty => _count == 0;

    /// <summary>Takes rows that are up to date and come before the mark.</summary>
    public void Fill(int[] rows, Mark mark)
    {
        _mark = mark;
        _rows = rows;
        _count = rows.Length;
        _slots = [.. Enumerable.Range(0, rows.Length)];
        if (_packed.Length < rows.Length * space.Width)
        {
            _packed = new float[rows.Length * space.Width];
        }

        _thresholds = new float[rows.Length];
        _terms = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> packed = _packed.AsSpan(i * space.Width, space.Width);
            space.PackFull(rows[i], packed);
            _terms[i] = space.FullTerm(rows[i], packed);
            _thresholds[i] = MetricSpace.Threshold(_terms[i], distances.Squared[rows[i]]);
        }
    }

    /// <summary>The next choice. Not for an empty frontier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Mark Top()
    {
        Mark best = At(0);
        for (int i = 1; i < _count; i++)
        {
            Mark other = At(i);
            best = best.IsBelow(other.Squared, other.Row) ? other : best;
        }

        return best;
    }

    /// <summary>Measures the rows against the centre added last and lets go of those that fall behind the mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply()
    {
        int centre = centres[centres.Count - 1];
        float[] packed = new float[space.Width];
        space.PackFull(centre, packed);
        float halfTerm = space.FullTerm(centre, packed) / 2;
        int kept = 0;
        int confirmed = 0;
        for (int i = 0; i < _count; i++)
        {
            int slot = _slots[i];
            int row = _rows[slot];
            float value = PackedRows.Dot(_packed.AsSpan(slot * space.Width, space.Width), packed) - halfTerm;
            if (!(value <= _thresholds[slot]))
            {
                confirmed++;
                double squared = space.Squared(row, centre);
                if (squared < distances.Squared[row])
                {
                    distances.Squared[row] = squared;
                    _thresholds[slot] = MetricSpace.Threshold(_terms[slot], squared);
                }
            }

            distances.Seen[row] = centres.Count;
            if (_mark.IsBelow(distances.Squared[row], row))
            {
                _slots[kept++] = slot;
            }
        }

        _count = kept;
        distances.Count(confirmed);
    }

    private Mark At(int i)
    {
        int row = _rows[_slots[i]];
        return new Mark(distances.Squared[row], row);
    }
}
