using System.Globalization;

namespace Sluice.Pool.Disk;

/// <summary>The disk has no room for what was to be written. What is committed stays.</summary>
public sealed class DiskFullException : IOException
{
    private const int NoSpace = 28;
    private const int Quota = 122;

    /// <summary>Creates the exception.</summary>
    public DiskFullException()
    {
    }

    /// <summary>Creates the exception with its message.</summary>
    public DiskFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public DiskFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether an exception says that a disk is full, be it the system's word or a library's.</summary>
    public static bool Says(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            if (at is IOException && (at.HResult is NoSpace or Quota || at.Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
                || at.Message.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The exception for a folder whose disk is full.</summary>
    /// <param name="folder">The folder that was written to.</param>
    /// <param name="what">What was being written, such as <c>segment 12 of the pool (about 3 MiB)</c>.</param>
    /// <param name="rest">What is kept and what to do, as whole sentences.</param>
    /// <param name="cause">The fault itself.</param>
    public static DiskFullException In(string folder, string what, string rest, Exception cause) => new(string.Create(CultureInfo.InvariantCulture,
        $"The disk that holds {folder} is full, found while writing {what}: {Free(folder)} free once the unfinished part is deleted. {rest}"), cause);

    /// <summary>Bytes in words, such as <c>3.2 MiB</c>.</summary>
    public static string Size(double bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
        int unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++)
        {
            bytes /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {units[unit]}");
    }

    private static string Free(string folder)
    {
        try
        {
            return Size(new DriveInfo(folder).AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return "nothing";
        }
    }
}
