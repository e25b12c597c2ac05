using System.Numerics;

namespace Sluice.Dedup;

/// <summary>
/// The sorted runs of a <see cref="BandIndex"/>, in levels (O'Neil et al., "The Log-Structured Merge-Tree", 1996; size-tiered): when a level has enough runs they are
/// merged into one of the next. A few runs a level at any size.
/// </summary>
internal sealed class RunLevels : IDisposable
{
    // A part of the filter that the nearer caches hold.
    private const int SectionBytes = 1024 * 1024;

    private readonly int _bands;
    private readonly string _path;
    private readonly BandIndexSizes _sizes;
    private readonly List<(SortedRun Run, int Level)> _runs = [];
    private readonly ulong[] _block = new ulong[SortedRun.BlockEntries * 8];
    private RunMerge? _merge;
    private int _files;

    /// <param name="bands">Keys an item.</param>
    /// <param name="path">A path that the runs' files begin with; what an earlier process left there is deleted.</param>
    /// <param name="sizes">Runs a level, bytes of marks.</param>
    public RunLevels(int bands, string path, BandIndexSizes sizes)
    {
        _bands = bands;
        _path = path;
        _sizes = sizes;
        foreach (string left in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + ".*"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Runs there are.</summary>
    public int Count => _runs.Count;

    /// <summary>Whether runs are being merged.</summary>
    public bool IsMerging => _merge is not null;

    /// <summary>Times that a file had to be read for a question.</summary>
    public long FileReads { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => _runs.Sum(run => run.Run.Bytes) + ((long)_block.Length * sizeof(ulong));

    /// <summary>Appends the items that have this key in this band.</summary>
    public void Collect(int band, uint key, List<uint> items)
    {
        foreach ((SortedRun run, _) in _runs)
        {
            if (run.MayHold(band, key))
            {
                FileReads += run.Collect(band, key, items, _block);
            }
        }
    }

    /// <summary>Makes a run of the recent entries.</summary>
    public void Take(RecentEntries entries)
    {
        while (_merge is not null)
        {
            Step();
        }

        using (SortedRunWriter writer = Writer(entries.Count))
        {
            entries.MoveTo(writer);
            _runs.Add((writer.Finish(), 0));
        }

        int full = _runs.GroupBy(run => run.Level).Where(level => level.Count() >= _sizes.FanIn).Select(level => level.Key).Order().FirstOrDefault(-1);
        if (full >= 0)
        {
            SortedRun[] runs = [.. _runs.Where(run => run.Level == full).Select(run => run.Run)];
            _merge = new RunMerge(runs, _bands, Writer(checked(runs.Sum(run => run.Count))));
        }
    }

    /// <summary>Merges one band more.</summary>
    public void Step()
    {
        _merge!.Step();
        if (!_merge.IsDone)
        {
            return;
        }

        int level = _runs.First(run => run.Run == _merge.Runs[0]).Level;
        int at = _runs.FindIndex(run => run.Level == level);
        _runs.RemoveAll(run => run.Level == level && _merge.Runs.Contains(run.Run));
        _runs.Insert(at, (_merge.Finish(), level + 1));
        EndMerge();
    }

    /// <summary>Adds all entries to a filter.</summary>
    public void CopyTo(BandFilter filter)
    {
        RunReader[] readers = [.. _runs.Select(run => new RunReader(run.Run, _bands))];

        // Section by section of the key space, which is one of the filter too: that stays in the processor's caches for all runs and bands.
        int bits = BitOperations.Log2((ulong)Math.Max(1, filter.Bytes / SectionBytes));
        for (uint section = 0; section < 1u << bits; section++)
        {
            foreach (RunReader reader in readers)
            {
                for (int band = 0; band < _bands; band++)
                {
                    while (reader.Next(band, section, bits) is { Length: > 0 } entries)
                    {
                        foreach (ulong entry in entries)
                        {
                            filter.Add(band, BandEntry.Key(entry));
                        }
                    }
                }
            }
        }
    }

    /// <summary>Closes and deletes all files.</summary>
    public void Dispose()
    {
        _merge?.Dispose();
        _runs.ForEach(run => run.Run.Dispose());
    }

    private void EndMerge()
    {
        foreach (SortedRun run in _merge!.Runs)
        {
            run.Dispose();
        }

        _merge.Dispose();
        _merge = null;
    }

    // Half of the marks that are left, so that some always are.
    private SortedRunWriter Writer(int items) => new($"{_path}.{_files++}", _bands, items, (_sizes.MarkBytes - _runs.Sum(run => run.Run.MarkBytes)) / 2);
}
