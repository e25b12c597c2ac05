using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.Runs;

/// <summary>What the operating system says of this process's memory.</summary>
internal static partial class ProcessMemory
{
    /// <summary>Gives memory that nothing uses any more back to the system: the managed heap's, and what the C library holds of freed native blocks.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = MallocTrim(0);
            }
            catch (EntryPointNotFoundException)
            {
                // A C library other than glibc returns freed blocks by itself.
            }
        }
    }

    /// <summary>Most resident bytes so far (VmHWM on Linux); elsewhere the present working set.</summary>
    public static long PeakResidentBytes()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status))
        {
            foreach (string line in File.ReadLines(Status))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    return long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
                }
            }
        }

        return Environment.WorkingSet;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
