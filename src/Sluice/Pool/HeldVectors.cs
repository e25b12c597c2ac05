using Sluice.Records;

namespace Sluice.Pool;

/// <summary>Vectors read whole into memory.</summary>
internal sealed class HeldVectors(VectorData data) : IPoolVectors
{
    public int Count => data.Count;

    public int Width => data.Width;

    public ReadOnlySpan<float> Row(int index) => data.Values.AsSpan(index * data.Width, data.Width);

    public void Dispose()
    {
        // The array is the collector's.
    }
}
