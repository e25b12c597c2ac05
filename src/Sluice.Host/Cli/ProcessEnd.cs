using System.Runtime.InteropServices;

namespace Sluice.Host.Cli;

/// <summary>Ends the process without waiting for any thread.</summary>
internal static partial class ProcessEnd
{
    /// <summary>Ends it. Native libraries get no clean-up: theirs waits for threads that are still at work, or crashes with them.</summary>
    public static void AtOnce(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
