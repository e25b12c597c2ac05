using System.Globalization;

namespace Sluice.Runs.Forecast;

/// <summary>What this machine has free.</summary>
internal static class MachineRoom
{
    private const string Memory = "/proc/meminfo";

    /// <summary>Bytes free on the disk that holds a folder, or would; null where the system does not say.</summary>
    public static long? DiskFree(string folder)
    {
        string? at = Path.GetFullPath(folder);
        while (at is not null && !Directory.Exists(at))
        {
            at = Path.GetDirectoryName(at);
        }

        try
        {
            return at is null ? null : new DriveInfo(at).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Bytes of memory that a process may still take: what the system has available, or the limit of its container where that is less.</summary>
    public static long MemoryAvailable()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (!File.Exists(Memory))
        {
            return limit;
        }

        const string Key = "MemAvailable:";
        string? line = File.ReadLines(Memory).FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? limit : Math.Min(limit, long.Parse(line[Key.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024);
    }

    /// <summary>Bytes in the words of people: <c>1.2 GiB</c>.</summary>
    public static string Size(double bytes) => bytes switch
    {
        >= 1024.0 * 1048576 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1048576):0.0} GiB"),
        >= 1048576 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576:0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0} KiB"),
    };
}
