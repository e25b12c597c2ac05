namespace Sluice.Host.Serve.State;

/// <summary>The last rounds and selections, newest first.</summary>
internal sealed class RunHistory
{
    private const int Most = 50;
    private readonly Lock _gate = new();
    private readonly LinkedList<RunState> _runs = [];

    /// <summary>Adds one that has ended. Rounds without rows are not worth a line.</summary>
    public void Add(RunState run)
    {
        lock (_gate)
        {
            _runs.AddFirst(run);
            if (_runs.Count > Most)
            {
                _runs.RemoveLast();
            }
        }
    }

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<RunState> All()
    {
        lock (_gate)
        {
            return [.. _runs];
        }
    }
}
