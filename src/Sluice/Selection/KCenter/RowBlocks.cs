namespace Sluice.Selection.KCenter;

/// <summary>Runs over all rows in blocks of a fixed size, so that sums over a block do not depend on the number of threads.</summary>
internal static class RowBlocks
{
    private const int Size = 4096;

    public static int Number(int count) => (count + Size - 1) / Size;

    public static void Run(int count, ParallelOptions parallel, Action<int, int> body) => Run(count, parallel, (_, from, to) => body(from, to));

    /// <summary>Calls <paramref name="body"/> with block, first row and the row past the last.</summary>
    public static void Run(int count, ParallelOptions parallel, Action<int, int, int> body) =>
        Parallel.For(0, Number(count), parallel, block => body(block, block * Size, Math.Min(count, (block + 1) * Size)));
}
