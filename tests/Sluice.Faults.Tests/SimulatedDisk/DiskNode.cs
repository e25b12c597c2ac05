namespace Sluice.Faults.Tests.SimulatedDisk;

/// <summary>A file or folder of the forgetful disk: what it is now, and what of it a power cut would leave. Names are entries of folders, so a rename keeps the node.</summary>
internal sealed class DiskNode(DiskNode? parent, string name, bool isFolder)
{
    /// <summary>The folder that holds it now.</summary>
    public DiskNode? Parent { get; private set; } = parent;

    /// <summary>Its name there.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; } = isFolder;

    /// <summary>Whether it got its name by a rename.</summary>
    public bool IsRenamed { get; private set; }

    /// <summary>Of a file: the bytes that the disk has; null when it was never synced.</summary>
    public byte[]? Kept { get; set; }

    /// <summary>Of a file without a name any more: its bytes when it had one.</summary>
    public byte[]? Last { get; set; }

    /// <summary>Of a file whose sync failed: the bytes that the system has since taken for written, though the disk never got them.</summary>
    public byte[]? Ghost { get; set; }

    /// <summary>Of a folder: what it holds now.</summary>
    public Dictionary<string, DiskNode> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Of a folder: what the disk knows that it holds.</summary>
    public Dictionary<string, DiskNode> KeptEntries { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Where it lies, for one that has a name.</summary>
    public string Path => Parent is null ? Name : System.IO.Path.Combine(Parent.Path, Name);

    /// <summary>Whether it has a name.</summary>
    public bool IsLinked => Parent is null || (Parent.Entries.GetValueOrDefault(Name) == this && Parent.IsLinked);

    /// <summary>A file's bytes as programs see them.</summary>
    public byte[] Now => IsLinked ? File.ReadAllBytes(Path) : Last ?? Kept ?? [];

    /// <summary>The disk learns what the folder holds.</summary>
    public void KeepEntries() => KeptEntries = new Dictionary<string, DiskNode>(Entries, StringComparer.Ordinal);

    /// <summary>Gives it another name.</summary>
    public void Move(DiskNode folder, string name)
    {
        Parent!.Entries.Remove(Name);
        folder.Entries[name] = this;
        (Parent, Name, IsRenamed) = (folder, name, true);
    }

    /// <summary>Takes its name away, and those of all below it.</summary>
    public void Unlink()
    {
        foreach (DiskNode node in Entries.Values.ToArray())
        {
            node.Unlink();
        }

        Parent!.Entries.Remove(Name);
    }

    /// <summary>Looks at the real folder again: what was made without being seen is noticed.</summary>
    public void Scan(bool deep)
    {
        foreach (string gone in Entries.Keys.Where(name => !System.IO.Path.Exists(System.IO.Path.Combine(Path, name))).ToArray())
        {
            Entries.Remove(gone);
        }

        foreach (FileSystemInfo found in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (!Entries.TryGetValue(found.Name, out DiskNode? node))
            {
                Entries[found.Name] = node = new DiskNode(this, found.Name, found is DirectoryInfo);
            }

            if (deep && node.IsFolder)
            {
                node.Scan(deep);
            }
        }
    }
}
