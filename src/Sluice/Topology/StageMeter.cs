namespace Sluice.Topology;

/// <summary>What one stage of the flow has done so far. Read by the display while the flow runs.</summary>
public sealed class StageMeter
{
    private readonly Func<int> _waiting;
    private long _rows;
    private long _busyTicks;

    internal StageMeter(string name, int workers, Func<int> waiting)
    {
        Name = name;
        Workers = workers;
        _waiting = waiting;
    }

    /// <summary>The stage's name.</summary>
    public string Name { get; }

    /// <summary>Batches it may work on at once.</summary>
    public int Workers { get; }

    /// <summary>Rows it has finished.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Time its workers spent working, added up.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    /// <summary>Batches waiting before it.</summary>
    public int Waiting => _waiting();

    internal void Add(int rows, TimeSpan busy)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _busyTicks, busy.Ticks);
    }
}
