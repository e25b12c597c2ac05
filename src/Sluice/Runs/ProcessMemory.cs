using System.Globalization;

namespace Sluice.Runs;

/// <summary>What the operating system says of this process's memory.</summary>
internal static class ProcessMemory
{
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
}
