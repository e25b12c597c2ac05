using Sluice.Selection;

namespace Sluice.Benchmarks.Selection;

/// <summary>The first rows of others.</summary>
internal sealed class FirstRows(IVectorRows rows, int count) : IVectorRows
{
    public int Count => count;

    public int Width => rows.Width;

    public ReadOnlySpan<float> Row(int index) => rows.Row(index);
}
