using Sluice.Pool;
using Sluice.Selection;

namespace Sluice.Recipes;

/// <summary>A pool's vectors as a selection reads them.</summary>
internal sealed class StepVectors(IPoolVectors vectors) : IVectorRows, IDisposable
{
    public int Count => vectors.Count;

    public int Width => vectors.Width;

    public ReadOnlySpan<float> Row(int index) => vectors.Row(index);

    public void Dispose() => vectors.Dispose();
}
