using System.Runtime.InteropServices;

namespace Sluice.Natives;

/// <summary>Finds and loads a native library: at the configured path, then beside the program, then where the system loader looks.</summary>
public static class NativeFile
{
    /// <summary>
    /// Loads <paramref name="fileName"/> and returns its handle. Libraries in <paramref name="dependencies"/> that lie beside the program are loaded first,
    /// so that they are found although they are on no search path.
    /// Throws <see cref="DllNotFoundException"/> that names the three places and <paramref name="remedy"/>.
    /// </summary>
    /// <param name="configuredPath">A file, or empty.</param>
    /// <param name="fileName">Name of the file, such as <c>libClp.so.1</c>.</param>
    /// <param name="remedy">How to get the library, in one sentence.</param>
    /// <param name="dependencies">File names it needs, in loading order.</param>
    public static nint Load(string configuredPath, string fileName, string remedy, params ReadOnlySpan<string> dependencies)
    {
        ArgumentNullException.ThrowIfNull(configuredPath);
        if (configuredPath.Length > 0)
        {
            return NativeLibrary.TryLoad(Path.GetFullPath(configuredPath), out nint configured)
                ? configured
                : throw Missing(configuredPath, fileName, remedy);
        }

        foreach (string dependency in dependencies)
        {
            // Absent here means: the system has it, or the load below says what is missing.
            _ = NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, dependency), out _);
        }

        if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, fileName), out nint beside)
            || NativeLibrary.TryLoad(fileName, out beside))
        {
            return beside;
        }

        throw Missing(configuredPath, fileName, remedy);
    }

    private static DllNotFoundException Missing(string configured, string fileName, string remedy) => new(
        $"The native library {fileName} was not found or could not be loaded. Looked at the configured path ({(configured.Length == 0 ? "none set" : configured)}), " +
        $"beside the program ({AppContext.BaseDirectory}) and where the system loader looks. {remedy}");
}
