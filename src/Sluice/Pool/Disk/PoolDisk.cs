using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Pool.Disk;

/// <summary>
/// Every change that a run makes to the disk goes through here: writing that survives a power cut (to a partial name, synced, renamed, and the folder synced), and
/// a watch that lets tests see each step and make it fail. The area of a step (<c>ledger</c>, <c>segment</c>, ...) names it in fault points.
/// </summary>
/// <param name="watch">Sees every step; null outside of tests.</param>
/// <param name="sync">Whether to wait until the disk has what was written. Without it a power cut may lose what was acknowledged; the death of the process may not.</param>
internal sealed partial class PoolDisk(IDiskWatch? watch = null, bool sync = true)
{
    /// <summary>Ending of files and folders that do not exist as far as a reader is concerned.</summary>
    public const string Partial = ".partial";

    private const int NoAccess = 13;
    private const int Unable = 22;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int Gather = 1 << 18;

    /// <summary>The disk as it is.</summary>
    public static PoolDisk Plain { get; } = new();

    /// <summary>
    /// Makes a folder and what is missing above it, and syncs the folder that it and each new one lies in: a synced file in a forgotten folder is forgotten too. One that is
    /// there is synced as well, since the run that made it may have ended before it did.
    /// </summary>
    public void CreateFolder(string path, string area)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return;
        }

        bool isNew = !Directory.Exists(full);
        if (isNew)
        {
            CreateFolder(parent, area);
            Directory.CreateDirectory(full);
        }

        try
        {
            SyncFolder(parent, area);
        }
        catch (IOException fault) when (!isNew && fault.HResult is (NoAccess or Unable or ReadOnly))
        {
            // A parent that may not be read, or that syncs nothing, is none in which we made anything.
        }
    }

    /// <summary>Opens a file for writing.</summary>
    public DiskFile Create(string path, string area, FileMode mode = FileMode.Create)
    {
        FileStream file = new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new DiskFile(this, file, path, area, Gather);
    }

    /// <summary>Runs a library's own writing of a file as one step.</summary>
    public void Native(string path, string area, Action write)
    {
        Action done = Begin(path, area);
        write();
        done();
    }

    /// <summary>Begins a step in which a library writes a file beside what the caller does. The caller calls what is given back once the file is written, or leaves it when that failed.</summary>
    public Action Begin(string path, string area)
    {
        DiskStep step = new(area + ".write", path);
        watch?.Before(step);
        return () => watch?.After(step);
    }

    /// <summary>Writes a whole file so that a reader sees the old one or the new one, never a part.</summary>
    public void WriteAllText(string path, string text, string area)
    {
        string partial = path + Partial;
        using (DiskFile file = Create(partial, area))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Sync();
        }

        Publish(partial, path, area);
    }

    /// <summary>Adds bytes to the end of a file, which is made when absent, and syncs it and then, for a new one, its folder. When that fails they are taken back.</summary>
    public void Append(string path, ReadOnlySpan<byte> bytes, string area)
    {
        bool isNew = !File.Exists(path);
        long before = isNew ? 0 : new FileInfo(path).Length;
        try
        {
            using DiskFile file = Create(path, area, FileMode.Append);
            file.Write(bytes);
            file.Sync();
        }
        catch (IOException)
        {
            // After a sync that failed the system takes the bytes for written: whoever read them would count on what the disk never got.
            TryTruncate(path, before, area);
            throw;
        }

        if (isNew)
        {
            SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, area);
        }
    }

    /// <summary>Renames a finished file or folder to its name and syncs the folder that holds it.</summary>
    public void Publish(string partial, string final, string area)
    {
        Rename(partial, final, area);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(final))!, area);
    }

    /// <summary>Renames a file, over another one if need be, or a folder.</summary>
    public void Rename(string from, string to, string area)
    {
        DiskStep step = new(area + ".rename", from, to);
        watch?.Before(step);
        if (Directory.Exists(from))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: true);
        }

        watch?.After(step);
    }

    /// <summary>Deletes a file or a folder with all that is in it; one that is not there is no fault.</summary>
    public void Delete(string path, string area)
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
        {
            return;
        }

        DiskStep step = new(area + ".delete", path);
        watch?.Before(step);
        if (isFolder)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        watch?.After(step);
    }

    /// <summary>Cuts a file off and syncs it.</summary>
    public void Truncate(string path, long length, string area)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        DiskStep step = new(area + ".truncate", path);
        watch?.Before(step);
        file.SetLength(length);
        watch?.After(step);
        Sync(file, path, area);
    }

    /// <summary>Writes the end of a file over itself and syncs it. Syncing alone might not do: where one has failed before, the system takes for written what the disk never got.</summary>
    public void Renew(string path, ReadOnlySpan<byte> end, string area)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        DiskStep step = new(area + ".renew", path, Bytes: end.Length);
        watch?.Before(step);
        file.Seek(-end.Length, SeekOrigin.End);
        file.Write(end);
        watch?.After(step);
        Sync(file, path, area);
    }

    /// <summary>
    /// Begins to bring a file that something else has written to the disk, so that its sync, which is still needed, finds little left to wait for. A fault is told to whoever
    /// completes the work, and perhaps not to the sync any more, so it must be completed.
    /// </summary>
    public SideWork? Hasten(string path) => !sync ? null : new SideWork(() =>
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    });

    /// <summary>Syncs a file that something else has written.</summary>
    public void SyncFile(string path, string area)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Sync(file, path, area);
    }

    /// <summary>Syncs a folder's entries: without it a rename may be forgotten by a power cut. .NET opens no folders, hence the three calls.</summary>
    public void SyncFolder(string path, string area)
    {
        DiskStep step = new(area + ".folder", path);
        watch?.Before(step);
        if (sync && !OperatingSystem.IsWindows())
        {
            SyncEntries(path);
        }

        watch?.After(step);
    }

    internal void Write(FileStream file, string path, string area, ReadOnlySpan<byte> bytes)
    {
        DiskStep step = new(area + ".write", path, Bytes: bytes.Length);
        int room = watch?.Before(step) ?? bytes.Length;
        file.Write(bytes[..Math.Min(room, bytes.Length)]);
        if (room < bytes.Length)
        {
            throw new IOException($"No space left on device : '{path}'", NoSpace);
        }

        watch?.After(step);
    }

    internal SideWork? Hasten(FileStream file) => sync ? new SideWork(() => RandomAccess.FlushToDisk(file.SafeFileHandle)) : null;

    internal void Sync(FileStream file, string path, string area)
    {
        DiskStep step = new(area + ".sync", path);
        watch?.Before(step);
        file.Flush(flushToDisk: sync);
        watch?.After(step);
    }

    private void TryTruncate(string path, long length, string area)
    {
        try
        {
            Truncate(path, length, area);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault that brought us here is the one to report.
        }
    }

    private static void SyncEntries(string path)
    {
        int descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            int refused = Marshal.GetLastPInvokeError();
            throw new IOException($"The folder {path} cannot be opened for syncing: {Marshal.GetPInvokeErrorMessage(refused)}.", refused);
        }

        int result = FSync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"The folder {path} cannot be synced to disk: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
