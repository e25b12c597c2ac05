using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>Reads on a thread of its own where the rows of all segments came from, while a recipe decides; the pool has them from <see cref="Complete"/> on.</summary>
internal sealed class PlacesAhead : IDisposable
{
    private readonly PoolReader _pool;
    private readonly SideWork _work;
    private readonly List<(int Segment, SegmentRows Rows)> _read = [];

    /// <summary>Starts reading.</summary>
    public PlacesAhead(PoolReader pool)
    {
        _pool = pool;
        _work = new SideWork(() => _read.AddRange(pool.ReadPlaces()));
    }

    /// <summary>Waits for the places and hands them to the pool. Throws what reading them threw.</summary>
    public void Complete()
    {
        _work.Complete();
        _pool.Hold(_read);
        _read.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _read.ForEach(static r => r.Rows.Dispose());
    }
}
