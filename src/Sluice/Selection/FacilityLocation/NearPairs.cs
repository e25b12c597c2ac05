using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>
/// For each row the rows that it would serve better than those chosen so far, with their shortfalls. Current shortfalls only fall, so no other row can ever add to its gain,
/// and all later gains come from these lists, bit for bit. After k choices a row has about n / k others nearer than the nearest chosen one: n^2 / k pairs of eight bytes.
/// </summary>
internal sealed class NearPairs
{
    /// <summary>Bytes that a pair takes, with what putting the lists together needs for a while.</summary>
    public const int PairBytes = 10;

    private readonly int _side;
    private readonly int[][] _starts;
    private readonly Near[][] _near;

    private NearPairs(PairBlocks blocks, Part?[,] parts, ParallelOptions parallel)
    {
        _side = blocks.Side;
        _starts = new int[blocks.Number][];
        _near = new Near[blocks.Number][];
        Parallel.For(0, blocks.Number, parallel, block => Join(parts, block));
    }

    /// <summary>Lists the pairs, for n^2 / 2 products; null when there are more than allowed.</summary>
    /// <param name="space">The rows.</param>
    /// <param name="current">Every row's current shortfall.</param>
    /// <param name="allowed">Pairs at most.</param>
    /// <param name="parallel">Threads at work; the lists do not depend on them.</param>
    public static NearPairs? List(FacilitySpace space, float[] current, long allowed, ParallelOptions parallel)
    {
        PairBlocks blocks = new(space, parallel);
        Part?[,] parts = new Part?[blocks.Number, blocks.Number];
        long pairs = 0;
        blocks.Run((a, b) => Interlocked.Read(ref pairs) > allowed ? null : new Reader(current, a, b, blocks.Side, (ofB, ofA) =>
        {
            parts[a, b] = ofB;
            parts[b, a] = ofA ?? ofB;
            Interlocked.Add(ref pairs, ofB.Near.Length + (ofA?.Near.Length ?? 0));
        }));
        return pairs > allowed ? null : new NearPairs(blocks, parts, parallel);
    }

    /// <summary>The rows that a row can still serve, ascending.</summary>
    public ReadOnlySpan<Near> this[int row]
    {
        get
        {
            (int block, int at) = Math.DivRem(row, _side);
            int[] starts = _starts[block];
            return _near[block].AsSpan(starts[at], starts[at + 1] - starts[at]);
        }
    }

    /// <summary>Lowers the current shortfalls to those of a row that is chosen.</summary>
    public void Lower(int row, float[] current)
    {
        foreach (Near near in this[row])
        {
            current[near.Row] = MathF.Min(current[near.Row], near.Shortfall);
        }
    }

    // A block's parts behind each other, by row of the block; the parts go as they are copied.
    private void Join(Part?[,] parts, int block)
    {
        int number = parts.GetLength(0);
        int total = 0;
        for (int from = 0; from < number; from++)
        {
            total = checked(total + parts[from, block]!.Near.Length);
        }

        Near[] near = new Near[total];
        int[] starts = new int[_side + 1];
        int at = 0;
        for (int row = 0; row < _side; row++)
        {
            for (int from = 0; from < number; from++)
            {
                Part part = parts[from, block]!;
                ReadOnlySpan<Near> piece = part.Near.AsSpan(part.Starts[row], part.Starts[row + 1] - part.Starts[row]);
                piece.CopyTo(near.AsSpan(at));
                at += piece.Length;
            }

            starts[row + 1] = at;
        }

        for (int from = 0; from < number; from++)
        {
            parts[from, block] = null;
        }

        _starts[block] = starts;
        _near[block] = near;
    }

    /// <summary>What the rows of one block can serve in another.</summary>
    private sealed record Part(int[] Starts, Near[] Near);

    /// <summary>Collects the pairs of two blocks.</summary>
    private sealed class Reader(float[] current, int a, int b, int side, Action<Part, Part?> done) : IPairReader
    {
        private readonly float[] _lanes = new float[PanelKernel.Lanes];
        private readonly List<Near>[] _ofLane = [.. Enumerable.Range(0, PanelKernel.Lanes).Select(static _ => new List<Near>())];
        private readonly List<Near> _ofB = [];
        private readonly int[] _startsB = new int[side + 1];
        private readonly List<(int Row, Near Near)> _ofA = [];
        private int _first = -1;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Take(int row, int first, int taken, ReadOnlySpan<float> shortfalls)
        {
            if (first != _first)
            {
                EndPanel();
                _first = first;
                _lanes.AsSpan(taken).Clear();
                current.AsSpan(first, taken).CopyTo(_lanes);
            }

            Vector256<float> own = Vector256.Create(current[row]);
            Vector256<float> low = Vector256.Create(shortfalls[..8]);
            Vector256<float> high = Vector256.Create(shortfalls.Slice(8, 8));
            uint served = Vector256.LessThan(low, own).ExtractMostSignificantBits() | (Vector256.LessThan(high, own).ExtractMostSignificantBits() << 8);
            for (served &= (1u << taken) - 1; served != 0; served &= served - 1)
            {
                int lane = BitOperations.TrailingZeroCount(served);
                _ofLane[lane].Add(new Near(row, shortfalls[lane]));
            }

            if (a == b)
            {
                return;
            }

            uint serves = Vector256.LessThan(low, Vector256.Create(_lanes.AsSpan(0, 8))).ExtractMostSignificantBits()
                | (Vector256.LessThan(high, Vector256.Create(_lanes.AsSpan(8, 8))).ExtractMostSignificantBits() << 8);
            for (; serves != 0; serves &= serves - 1)
            {
                int lane = BitOperations.TrailingZeroCount(serves);
                _ofA.Add((row - (a * side), new Near(first + lane, shortfalls[lane])));
            }
        }

        public void End()
        {
            EndPanel();
            done(new Part(_startsB, [.. _ofB]), a == b ? null : SortedByRow());
        }

        private void EndPanel()
        {
            for (int lane = 0; lane < PanelKernel.Lanes && _first >= 0; lane++)
            {
                _ofB.AddRange(_ofLane[lane]);
                _ofLane[lane].Clear();
                _startsB.AsSpan(_first + lane + 1 - (b * side)).Fill(_ofB.Count);
            }
        }

        // A counting sort, which is stable: the rows served stay ascending.
        private Part SortedByRow()
        {
            int[] starts = new int[side + 1];
            foreach ((int row, _) in _ofA)
            {
                starts[row + 1]++;
            }

            for (int row = 0; row < side; row++)
            {
                starts[row + 1] += starts[row];
            }

            int[] next = [.. starts];
            Near[] near = new Near[_ofA.Count];
            foreach ((int row, Near of) in CollectionsMarshal.AsSpan(_ofA))
            {
                near[next[row]++] = of;
            }

            return new Part(starts, near);
        }
    }
}
