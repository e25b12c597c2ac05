using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Faults.Tests.Flow;

/// <summary>The real executable in a process of its own, with faults, signals and a look at its memory.</summary>
internal sealed partial class SluiceProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Stopwatch _life = Stopwatch.StartNew();
    private long _peak;

    private SluiceProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Text(_error);

    /// <summary>Starts the program.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Variables besides those of the test; a null value removes one.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="processor">The only processor it may use; -1 for all.</param>
    public static SluiceProcess Start(string folder, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments, int processor = -1)
    {
        ProcessStartInfo start = new(processor < 0 ? "dotnet" : "taskset") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] before = processor < 0 ? [] : ["-c", processor.ToString(CultureInfo.InvariantCulture), "dotnet"];
        foreach (string argument in (string[])[.. before, Path.Combine(AppContext.BaseDirectory, "sluice-host.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        SluiceProcess started = new(new Process { StartInfo = start });
        started._process.OutputDataReceived += (_, line) => Append(started._output, line.Data);
        started._process.ErrorDataReceived += (_, line) => Append(started._error, line.Data);
        started._process.Start();
        started._process.StandardInput.Close();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Sends a signal; nothing when the process has ended meanwhile.</summary>
    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, signal);
        }
    }

    /// <summary>Waits for something to become true while the process runs.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(!_process.HasExited, $"The process ended before: {what}.\n{Text(_output)}\n{Error}");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), $"Not in two minutes: {what}.\n{Text(_output)}\n{Error}");
            Look();
            await Task.Delay(10);
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<SluiceEnd> EndAsync()
    {
        while (!_process.HasExited)
        {
            Assert.True(_life.Elapsed < s_patience, $"The process did not end in {s_patience}.\n{Text(_output)}\n{Error}");
            Look();
            await Task.Delay(20);
        }

        await _process.WaitForExitAsync();
        return new SluiceEnd(_process.ExitCode, Text(_output), Error, _peak, _life.Elapsed);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // The kernel keeps the highest figure, so the last look is what counts.
    private void Look()
    {
        try
        {
            string? line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line is not null)
            {
                _peak = 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // It has just ended.
        }
    }

    private static void Append(StringBuilder to, string? line)
    {
        if (line is not null)
        {
            lock (to)
            {
                to.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
