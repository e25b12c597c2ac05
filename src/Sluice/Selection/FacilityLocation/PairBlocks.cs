using System.Runtime.CompilerServices;
using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>All pairs of rows, by pairs of blocks that many threads work on, for n^2 / 2 products: a pair's shortfall serves both rows.</summary>
internal sealed class PairBlocks
{
    private readonly FacilitySpace _space;
    private readonly ParallelOptions _parallel;

    public PairBlocks(FacilitySpace space, ParallelOptions parallel)
    {
        _space = space;
        _parallel = parallel;

        // At most 64 blocks, so that what a reader keeps for each pair of blocks stays a small number a row.
        Side = Math.Max(512, ((space.Count / 64) + PanelKernel.Lanes) / PanelKernel.Lanes * PanelKernel.Lanes);
        Number = (space.Count + Side - 1) / Side;
    }

    /// <summary>Rows a block; the last may have fewer.</summary>
    public int Side { get; }

    /// <summary>Blocks.</summary>
    public int Number { get; }

    /// <summary>Goes through every pair of blocks (a, b), a at most b. A block against itself gives both orders of each pair of its rows.</summary>
    /// <param name="reader">Makes the reader of a pair of blocks; null passes the pair over.</param>
    public void Run(Func<int, int, IPairReader?> reader)
    {
        (int A, int B)[] pairs = [.. from a in Enumerable.Range(0, Number) from b in Enumerable.Range(a, Number - a) select (a, b)];
        Parallel.For(0, pairs.Length, _parallel, i =>
        {
            if (reader(pairs[i].A, pairs[i].B) is { } taker)
            {
                Pair(pairs[i].A, pairs[i].B, taker);
                taker.End();
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pair(int a, int b, IPairReader reader)
    {
        int end = Math.Min(_space.Count, (a + 1) * Side);
        int panelEnd = Math.Min(_space.Count, (b + 1) * Side);
        LanePanel panel = new(_space.Width);
        float[] results = new float[PanelKernel.Rows * PanelKernel.Lanes];
        int[] lanes = new int[PanelKernel.Lanes];
        Span<int> group = stackalloc int[PanelKernel.Rows];
        for (int first = b * Side; first < panelEnd; first += PanelKernel.Lanes)
        {
            int taken = Math.Min(PanelKernel.Lanes, panelEnd - first);
            for (int lane = 0; lane < taken; lane++)
            {
                lanes[lane] = first + lane;
            }

            _space.Fill(panel, lanes.AsSpan(0, taken));
            for (int row = a * Side; row < end; row += PanelKernel.Rows)
            {
                for (int k = 0; k < PanelKernel.Rows; k++)
                {
                    group[k] = Math.Min(row + k, end - 1);
                }

                PanelKernel.Run(panel.Numbers, panel.Offsets, _space.Packed, group, _space.Width, results);
                for (int k = 0; k < Math.Min(PanelKernel.Rows, end - row); k++)
                {
                    Span<float> shortfalls = results.AsSpan(k * PanelKernel.Lanes, PanelKernel.Lanes);
                    _space.Shortfalls(row + k, shortfalls, panel);
                    reader.Take(row + k, first, taken, shortfalls);
                }
            }
        }
    }
}
