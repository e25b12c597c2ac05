using System.Runtime.CompilerServices;

namespace Sluice.Selection.KCenter;

/// <summary>
/// Brings rows up to date with the centres they have not seen, as far as needed: a row that has fallen behind the mark cannot be the next choice and is left there.
/// Rows are spread over threads; each row's result depends on itself and the centres alone.
/// </summary>
internal sealed class Refresh(MetricSpace space, Centres centres, Distances distances, ParallelOptions parallel)
{
    // Packed rows of a chunk share the second-level cache with a panel.
    private const int ChunkBytes = 1 << 18;

    private readonly int _chunk = Math.Clamp(ChunkBytes / (sizeof(float) * space.Width), 4 * PanelKernel.Rows, 1024);

    /// <summary>Measures every row against all centres there are.</summary>
    public void Begin()
    {
        RowBlocks.Run(space.Count, parallel, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                distances.Squared[row] = space.Squared(row, centres[0]);
                distances.Seen[row] = 1;
            }
        });
        if (centres.Count > 1)
        {
            Run([.. Enumerable.Range(0, space.Count)], new Mark(-1, 0));
        }
    }

    /// <summary>Updates the rows, or lets them drop behind <paramref name="mark"/>.</summary>
    public void Run(int[] rows, Mark mark)
    {
        int[] behind = BySeen(rows);
        int chunk = Math.Clamp(behind.Length / (4 * Math.Max(1, parallel.MaxDegreeOfParallelism)), 4 * PanelKernel.Rows, _chunk);
        int chunks = (behind.Length + chunk - 1) / chunk;
        Parallel.For(
            0,
            chunks,
            parallel,
            () => new RefreshChunk(space, centres, distances, _chunk),
            (c, _, work) =>
            {
                work.Run(behind.AsSpan(c * chunk, Math.Min(chunk, behind.Length - (c * chunk))), mark);
                return work;
            },
            static _ => { });
    }

    // Rows with the same backlog lie together, so that a panel serves whole chunks.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] BySeen(int[] rows)
    {
        int[] starts = new int[centres.Panels + 1];
        foreach (int row in rows)
        {
            if (distances.Seen[row] < centres.Count)
            {
                starts[(distances.Seen[row] / PanelKernel.Lanes) + 1]++;
            }
        }

        for (int panel = 0; panel < centres.Panels; panel++)
        {
            starts[panel + 1] += starts[panel];
        }

        int[] sorted = new int[starts[^1]];
        foreach (int row in rows)
        {
            if (distances.Seen[row] < centres.Count)
            {
                sorted[starts[distances.Seen[row] / PanelKernel.Lanes]++] = row;
            }
        }

        return sorted;
    }
}
