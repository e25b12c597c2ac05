using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Pool;

/// <summary>Writing that survives a power cut: to a partial name, synced, renamed, and the folder synced.</summary>
internal static partial class Durable
{
    /// <summary>Ending of files and folders that do not exist as far as a reader is concerned.</summary>
    public const string Partial = ".partial";

    /// <summary>Writes a whole file so that a reader sees the old one or the new one, never a part.</summary>
    public static void WriteAllText(string path, string text)
    {
        string partial = path + Partial;
        using (FileStream stream = new(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        Publish(partial, path);
    }

    /// <summary>Renames a finished file or folder to its name and syncs the folder that holds it.</summary>
    public static void Publish(string partial, string final)
    {
        if (Directory.Exists(partial))
        {
            Directory.Move(partial, final);
        }
        else
        {
            File.Move(partial, final, overwrite: true);
        }

        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(final))!);
    }

    /// <summary>Syncs a file that something else has written.</summary>
    public static void SyncFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Syncs a folder's entries: without it a rename may be forgotten by a power cut. .NET opens no folders, hence the three calls.</summary>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {path} cannot be opened for syncing (errno {Marshal.GetLastPInvokeError()}).");
        }

        int result = FSync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"The folder {path} cannot be synced to disk (errno {error}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
