using System.Diagnostics;
using System.Globalization;

namespace Sluice.Faults.Tests.Harness;

/// <summary>A file system mounted for one test: a small one in memory, or a folder laid over itself read-only. Never outlives the test.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string _folder;

    private Mount(string folder) => _folder = folder;

    /// <summary>Mounts an empty file system of so many bytes on a folder, which is made.</summary>
    public static Mount Tmpfs(string folder, long bytes)
    {
        Directory.CreateDirectory(folder);
        Must("mount", "-t", "tmpfs", "-o", Size(bytes), "tmpfs", folder);
        return new Mount(folder);
    }

    /// <summary>Makes a folder read-only for everything that is opened in it from now on; what is open stays so.</summary>
    public static Mount ReadOnly(string folder)
    {
        Directory.CreateDirectory(folder);
        Must("mount", "--bind", folder, folder);
        Mount mount = new(folder);
        try
        {
            Must("mount", "-o", "remount,bind,ro", folder);
        }
        catch
        {
            mount.Dispose();
            throw;
        }

        return mount;
    }

    /// <summary>Why nothing can be mounted here; null when it can.</summary>
    public static string? Refusal()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Needs Linux to mount file systems.";
        }

        string folder = Directory.CreateTempSubdirectory("sluice-mount-").FullName;
        try
        {
            string? refusal = Try("mount", "-t", "tmpfs", "-o", Size(4096), "tmpfs", folder);
            if (refusal is null)
            {
                new Mount(folder).Dispose();
            }

            return refusal is null ? null : $"Needs the right to mount file systems (CAP_SYS_ADMIN): {refusal}";
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Gives the file system another size.</summary>
    public void Resize(long bytes) => Must("mount", "-o", "remount," + Size(bytes), _folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Try("umount", _folder) is not null)
        {
            // Something still has a file open: the mount goes away with it.
            Must("umount", "-l", _folder);
        }
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"size={bytes}");

    private static void Must(string program, params string[] arguments)
    {
        if (Try(program, arguments) is { } refusal)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {refusal}");
        }
    }

    private static string? Try(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Length > 0 ? error : string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
