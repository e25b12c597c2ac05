using System.Numerics;

namespace Sluice.Dedup;

/// <summary>Merges runs into one, a band a step, so that no row waits for the whole. The runs stay readable until their owner disposes of them.</summary>
internal sealed class RunMerge : IDisposable
{
    // Entries sorted at once: no more than HashSort has places for.
    private const int SortedEntries = 512;

    private readonly SortedRunWriter _writer;
    private readonly RunReader[] _readers;
    private readonly int _bands;
    private readonly int _sharedBits;
    private int _band;
    private ulong[] _sorted = [];

    /// <param name="runs">Runs of consecutive items.</param>
    /// <param name="bands">Keys an item.</param>
    /// <param name="writer">The run to be; the merge's from now on.</param>
    public RunMerge(IReadOnlyList<SortedRun> runs, int bands, SortedRunWriter writer)
    {
        Runs = runs;
        _bands = bands;
        _writer = writer;
        _readers = [.. runs.Select(run => new RunReader(run, bands))];
        _sharedBits = Math.Min(BitOperations.Log2((ulong)Math.Max(1, runs.Sum(run => (long)run.Count) / SortedEntries)), 24);
    }

    /// <summary>The runs that the merged one replaces.</summary>
    public IReadOnlyList<SortedRun> Runs { get; }

    /// <summary>Whether all bands are merged.</summary>
    public bool IsDone => _band == _bands;

    /// <summary>Merges the next band.</summary>
    public void Step()
    {
        // Section by section of the key space, all that the runs have of it is gathered and sorted: with many runs that is cheaper than comparing their heads.
        for (uint section = 0; section < 1u << _sharedBits; section++)
        {
            int count = 0;
            foreach (RunReader reader in _readers)
            {
                while (reader.Next(_band, section, _sharedBits) is { Length: > 0 } entries)
                {
                    _sorted = SortBuffer.Room(_sorted, count, entries.Length);
                    entries.CopyTo(_sorted.AsSpan(count));
                    count += entries.Length;
                }
            }

            HashSort.Sort(_sorted.AsSpan(0, count), _sharedBits);
            _writer.Write(_band, _sorted.AsSpan(0, count));
        }

        _band++;
    }

    /// <summary>The merged run, once all bands are.</summary>
    public SortedRun Finish() => _writer.Finish();

    /// <summary>Gives buffers back, and deletes the file of a run that was not finished.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        SortBuffer.Return(_sorted);
        _sorted = [];
    }
}
