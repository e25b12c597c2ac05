using System.Globalization;

namespace Sluice.Sources;

/// <summary>
/// What the input files of a run looked like before the first of them was hashed. A file that changes after that is not the one that the plan names, and its rows
/// would be those of two files, mixed.
/// </summary>
internal sealed class FileStamps
{
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);

    private FileStamps()
    {
    }

    /// <summary>Stamps files. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when one cannot be opened.</summary>
    public static FileStamps Take(IReadOnlyList<SourceFile> files)
    {
        FileStamps stamps = new();
        stamps.Add(files);
        return stamps;
    }

    /// <summary>Stamps further files, or the same ones anew. Throws as <see cref="Take"/> does.</summary>
    public void Add(IReadOnlyList<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            _stamps[file.Path] = FileStamp.Of(file.Path);
        }
    }

    /// <summary>Whether a file is as it was when it was stamped; false for one that never was. Throws as <see cref="Take"/> does.</summary>
    public bool Holds(SourceFile file) => _stamps.TryGetValue(file.Path, out FileStamp before) && before == FileStamp.Of(file.Path);

    /// <summary>Throws <see cref="IOException"/>, naming file and difference, when the file is not as it was. What was read of it before this call is then not to be kept.</summary>
    public void Check(SourceFile file)
    {
        FileStamp before = _stamps[file.Path];
        if (!File.Exists(file.Path))
        {
            throw new IOException($"The input file {file.Path} was removed while it was read. Put it back, then run again: what is committed stays.");
        }

        FileStamp now = FileStamp.Of(file.Path);
        if (now != before)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"The input file {file.Path} changed while it was read: found {now.Bytes:N0} bytes, last written {now.Changed:O}, expected {before.Bytes:N0} bytes, last written {before.Changed:O}, as when the run began. No row read after the change is committed. Put the file back, or wait until nothing writes to it and start anew with --fresh."));
        }
    }
}
