using System.Numerics;
using System.Runtime.CompilerServices;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.ScoreFirst;

/// <summary>
/// Kept rows under cosine similarity. Single-precision products of many rows at once find the pairs that may be above the limit, and the double-precision product of the
/// same vectors decides. The quick product of two vectors of length one is at most width * 2^-24 off (Higham 2002, section 3.1).
/// </summary>
internal sealed class CosineRows : IKeptRows
{
    // Few enough that a thread's rows stay in its second-level cache, many enough that a panel read from memory serves long.
    private const int Chunk = 128;

    private readonly RowPanels _kept;
    private readonly List<int> _places = [];
    private readonly int _width;
    private readonly float _limit;
    private readonly float _suspect;
    private readonly int _threads;
    private float[] _packed = [];
    private bool[] _zero = [];
    private int[] _inBlock = [];

    public CosineRows(int width, FilterOptions options)
    {
        _width = width;
        _kept = new RowPanels(width);
        _limit = (float)options.Limit;
        _suspect = MathF.BitDecrement(_limit - ((width + 64) / (float)(1 << 24)));
        _threads = options.Threads;
    }

    public void Begin(IVectorRows rows, int from, Verdict[] verdicts, CancellationToken token)
    {
        int count = verdicts.Length;
        if (_packed.Length < count * _width)
        {
            _packed = new float[count * _width];
            _zero = new bool[count];
            _inBlock = new int[count];
        }

        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _threads, CancellationToken = token };
        Parallel.For(0, (count + Chunk - 1) / Chunk, parallel, chunk => Search(rows, from, verdicts, chunk * Chunk, Math.Min(count, (chunk + 1) * Chunk)));
    }

    public bool IsZero(int row) => _zero[row];

    public bool IsAbove(int row, int other, bool note, ref Verdict verdict)
    {
        if (_zero[row] || _zero[other])
        {
            return false;
        }

        float quick = PackedRows.Dot(Packed(row), Packed(other));
        if (!(quick <= _suspect))
        {
            float cosine = UnitVector.Cosine(Packed(row), Packed(other));
            if (cosine > _limit)
            {
                verdict.Value = cosine;
                return true;
            }
        }

        if (note && quick > verdict.Highest)
        {
            verdict.Highest = quick;
            verdict.Nearest = _inBlock[other];
        }

        return false;
    }

    public float Keep(int row, int place, in Verdict verdict)
    {
        if (_zero[row])
        {
            return float.NaN;
        }

        float nearest = verdict.Nearest < 0 ? float.NaN : Exact(row, verdict.Nearest, new float[_width]);
        _inBlock[row] = _kept.Count;
        _kept.Add(Packed(row));
        _places.Add(place);
        return nearest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(IVectorRows rows, int from, Verdict[] verdicts, int first, int end)
    {
        int[] alive = new int[end - first + PanelKernel.Rows];
        int count = 0;
        for (int row = first; row < end; row++)
        {
            verdicts[row] = Verdict.None;
            _zero[row] = !UnitVector.Pack(rows.Row(from + row), _packed.AsSpan(row * _width, _width));
            if (!_zero[row])
            {
                alive[count++] = row;
            }
        }

        float[] results = new float[PanelKernel.Rows * PanelKernel.Lanes];
        float[] scratch = new float[_width];
        for (int panel = 0; panel < _kept.Panels && count > 0; panel++)
        {
            // The last group is filled up with its first row again; what it gives is not read.
            alive.AsSpan(count, PanelKernel.Rows - 1).Fill(alive[0]);
            int left = 0;
            for (int at = 0; at < count; at += PanelKernel.Rows)
            {
                PanelKernel.Run(_kept.Panel(panel), _kept.Offsets(panel), _packed, alive.AsSpan(at, PanelKernel.Rows), _width, results);
                for (int k = 0; k < Math.Min(PanelKernel.Rows, count - at); k++)
                {
                    int row = alive[at + k];
                    ReadOnlySpan<float> products = results.AsSpan(k * PanelKernel.Lanes, PanelKernel.Lanes);
                    uint near = PanelKernel.Above(products, MathF.Min(verdicts[row].Highest, _suspect));
                    if (near == 0 || !Confirm(row, panel, near, products, ref verdicts[row], scratch))
                    {
                        alive[left++] = row;
                    }
                }
            }

            count = left;
        }
    }

    // In the order kept, so that the row named as the cause is the first one.
    private bool Confirm(int row, int panel, uint near, ReadOnlySpan<float> products, ref Verdict verdict, float[] scratch)
    {
        for (; near != 0; near &= near - 1)
        {
            int lane = BitOperations.TrailingZeroCount(near);
            int kept = (panel * PanelKernel.Lanes) + lane;
            if (products[lane] > _suspect)
            {
                float cosine = Exact(row, kept, scratch);
                if (cosine > _limit)
                {
                    verdict.Blocker = _places[kept];
                    verdict.Value = cosine;
                    return true;
                }
            }

            if (products[lane] > verdict.Highest)
            {
                verdict.Highest = products[lane];
                verdict.Nearest = kept;
            }
        }

        return false;
    }

    private float Exact(int row, int kept, float[] scratch)
    {
        _kept.CopyTo(kept, scratch);
        return UnitVector.Cosine(Packed(row), scratch);
    }

    private ReadOnlySpan<float> Packed(int row) => _packed.AsSpan(row * _width, _width);
}
