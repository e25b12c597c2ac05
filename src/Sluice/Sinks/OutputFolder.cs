using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Sinks;

/// <summary>
/// An output directory that is either whole or not there: files are written under partial names and renamed together at the end, <c>run.json</c> last.
/// </summary>
internal sealed class OutputFolder
{
    public const string Manifest = "run.json";
    private const string Area = "output";
    private readonly List<string> _names = [];
    private readonly PoolDisk _disk;

    /// <param name="path">The directory; made when absent. What a run that was cut off left half written is deleted.</param>
    /// <param name="disk">Where changes go through.</param>
    public OutputFolder(string path, PoolDisk disk)
    {
        Path = path;
        _disk = disk;
        disk.CreateFolder(path, Area);
        foreach (string left in Directory.EnumerateFiles(path, "*.writing.*"))
        {
            disk.Delete(left, "cleanup");
        }
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>Opens an output for writing; it is published with the others.</summary>
    public DiskFile Create(string name) => _disk.Create(Begin(name), Area);

    /// <summary>Has a library write an output.</summary>
    public void Native(string name, Action<string> write)
    {
        string path = Begin(name);
        _disk.Native(path, Area, () => write(path));
    }

    /// <summary>Has a library write an output beside what the caller does meanwhile.</summary>
    public PendingOutput Start(string name, Action<string> write)
    {
        string path = Begin(name);
        return new PendingOutput(_disk.Begin(path, Area), new SideWork(() => write(path)));
    }

    /// <summary>The path under which an output is to be written.</summary>
    public string Begin(string name)
    {
        // The ending stays last: writers choose the format by it.
        _names.Add(name);
        return PartialPath(name);
    }

    /// <summary>Length and digest of every output begun so far.</summary>
    public IReadOnlyList<StoredFile> Describe() =>
        [.. _names.Select(n => SegmentFiles.Describe(Path, PartialName(n)) with { Name = n })];

    /// <summary>Takes an output back: it is not published.</summary>
    public void Discard(string name)
    {
        _names.Remove(name);
        _disk.Delete(PartialPath(name), Area);
    }

    /// <summary>Publishes all outputs; the manifest is removed first and written last, so that it never speaks of files of another run.</summary>
    public void Publish(string manifest)
    {
        string final = System.IO.Path.Combine(Path, Manifest);
        foreach (string name in _names)
        {
            _disk.SyncFile(PartialPath(name), Area);
        }

        _disk.Delete(final, Area);
        _disk.SyncFolder(Path, Area);
        foreach (string name in _names)
        {
            _disk.Rename(PartialPath(name), System.IO.Path.Combine(Path, name), Area);
        }

        foreach (string stale in (ReadOnlySpan<string>)["selected.jsonl", "selected.parquet"])
        {
            if (!_names.Contains(stale))
            {
                _disk.Delete(System.IO.Path.Combine(Path, stale), Area);
            }
        }

        // Or a power cut might keep the manifest's new name and forget those of the files.
        _disk.SyncFolder(Path, Area);
        _disk.WriteAllText(final, manifest, "manifest");
    }

    /// <summary>Gives the room of outputs that were begun and not published back, as far as the disk lets it.</summary>
    public void Abandon()
    {
        try
        {
            _names.ForEach(name => _disk.Delete(PartialPath(name), "cleanup"));
            _disk.Delete(System.IO.Path.Combine(Path, Manifest) + PoolDisk.Partial, "cleanup");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault that brought us here is the one to report.
        }
    }

    /// <summary>Where an output that was begun lies for now.</summary>
    public string PathOf(string name) => PartialPath(name);

    private static string PartialName(string name) =>
        System.IO.Path.GetFileNameWithoutExtension(name) + ".writing" + System.IO.Path.GetExtension(name);

    private string PartialPath(string name) => System.IO.Path.Combine(Path, PartialName(name));
}
