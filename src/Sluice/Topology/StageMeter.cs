namespace Sluice.Topology;

/// <summary>What one stage of the flow has done so far, and what it is doing. Read by the display and the watchdog while the flow runs.</summary>
public sealed class StageMeter
{
    private readonly Func<int> _waiting;
    private readonly Lock _gate = new();
    private readonly List<long> _atWork = [];
    private long _rows;
    private long _batches;
    private long _busyTicks;

    internal StageMeter(string name, int workers, Func<int> waiting, bool asks = false, int room = 0)
    {
        Room = room;
        Name = name;
        Workers = workers;
        Asks = asks;
        _waiting = waiting;
    }

    /// <summary>The stage's name.</summary>
    public string Name { get; }

    /// <summary>Batches it may work on at once.</summary>
    public int Workers { get; }

    /// <summary>Batches that it may hold at most: those it works on, and those that wait.</summary>
    public int Room { get; }

    /// <summary>Whether it waits for an endpoint while it is at work.</summary>
    public bool Asks { get; }

    /// <summary>Rows it has finished.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Batches it has finished.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Time its workers spent working, added up.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    /// <summary>Batches waiting before it.</summary>
    public int Waiting => _waiting();

    /// <summary>Batches it works on now.</summary>
    public int AtWork
    {
        get
        {
            lock (_gate)
            {
                return _atWork.Count;
            }
        }
    }

    /// <summary>When it began the oldest batch that it works on, as a timestamp of the flow's clock; null when it is idle.</summary>
    internal long? Since
    {
        get
        {
            lock (_gate)
            {
                return _atWork.Count == 0 ? null : _atWork.Min();
            }
        }
    }

    /// <summary>A batch is begun.</summary>
    internal void Begin(long started)
    {
        lock (_gate)
        {
            _atWork.Add(started);
        }
    }

    /// <summary>A batch is finished.</summary>
    internal void Add(int rows, TimeSpan busy)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _busyTicks, busy.Ticks);
        Interlocked.Increment(ref _batches);
    }

    /// <summary>A batch is worked on no more, finished or not.</summary>
    internal void End(long started)
    {
        lock (_gate)
        {
            _atWork.Remove(started);
        }
    }
}
