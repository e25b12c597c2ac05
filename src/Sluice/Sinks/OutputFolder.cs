using Sluice.Pool;

namespace Sluice.Sinks;

/// <summary>
/// An output directory that is either whole or not there: files are written under partial names and renamed together at the end, <c>run.json</c> last.
/// </summary>
internal sealed class OutputFolder
{
    public const string Manifest = "run.json";
    private readonly List<string> _names = [];

    public OutputFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
        foreach (string left in Directory.EnumerateFiles(path, "*.writing.*"))
        {
            File.Delete(left);
        }
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

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
        File.Delete(PartialPath(name));
    }

    /// <summary>Publishes all outputs; the manifest is removed first and written last, so that it never speaks of files of another run.</summary>
    public void Publish(string manifest)
    {
        string final = System.IO.Path.Combine(Path, Manifest);
        File.Delete(final);
        foreach (string name in _names)
        {
            Durable.SyncFile(PartialPath(name));
            File.Move(PartialPath(name), System.IO.Path.Combine(Path, name), overwrite: true);
        }

        foreach (string stale in (ReadOnlySpan<string>)["selected.jsonl", "selected.parquet"])
        {
            if (!_names.Contains(stale))
            {
                File.Delete(System.IO.Path.Combine(Path, stale));
            }
        }

        Durable.WriteAllText(final, manifest);
    }

    private static string PartialName(string name) =>
        System.IO.Path.GetFileNameWithoutExtension(name) + ".writing" + System.IO.Path.GetExtension(name);

    private string PartialPath(string name) => System.IO.Path.Combine(Path, PartialName(name));
}
