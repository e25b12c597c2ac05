using System.Globalization;
using Sluice.Configuration;
using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>One run, one work directory: the lock names its owner, a second run is refused. The system drops it with the process.</summary>
internal sealed class PoolLock : IDisposable
{
    // EWOULDBLOCK: what the system says of a lock that another process has. Any other fault is the disk's own and is reported as such.
    private const int HeldByAnother = 11;
    private readonly FileStream _stream;

    private PoolLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock of a work directory, which it creates for good: what is synced inside is lost with it. Throws <see cref="ConfigurationException"/> naming the owner when another process has it.</summary>
    public static PoolLock Take(string work, TimeProvider time, PoolDisk? disk = null)
    {
        (disk ?? PoolDisk.Plain).CreateFolder(work, "work");
        string path = Path.Combine(work, "lock");
        string owner = Path.Combine(work, "lock.owner");
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == HeldByAnother)
        {
            string who = File.Exists(owner) ? File.ReadAllText(owner).Trim() : "another process";
            throw new ConfigurationException($"The work directory {work} is in use by {who}. Wait for it to end, stop it, or choose another directory with --work.", exception);
        }

        File.WriteAllText(owner, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC\n"));
        return new PoolLock(stream);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
