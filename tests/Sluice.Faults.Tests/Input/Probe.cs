using System.Diagnostics;
using System.Text.Json;
using Sluice.FaultProbe;

namespace Sluice.Faults.Tests.Input;

/// <summary>Reads files in a process of its own, which is started again after a file that it did not survive.</summary>
/// <param name="rowsADigest">Rows between two digests of what was read.</param>
/// <param name="limit">Time that one file may take.</param>
internal sealed class Probe(int rowsADigest, TimeSpan limit) : IDisposable
{
    private Process? _process;

    /// <summary>Processes that ended with a signal, files over their time included.</summary>
    public int Deaths { get; private set; }

    /// <summary>What came of a file; <see cref="FileFate.Escaped"/> says so when the process did not survive it.</summary>
    public async Task<FileFate> ReadAsync(string path)
    {
        _process ??= Start();
        await _process.StandardInput.WriteLineAsync(path);
        await _process.StandardInput.FlushAsync();
        string? line = null;
        string end = "the process died";
        try
        {
            line = await _process.StandardOutput.ReadLineAsync().WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            end = $"no answer within {limit}";
            _process.Kill();
        }

        if (line is not null)
        {
            return JsonSerializer.Deserialize<FileFate>(line)!;
        }

        await _process.WaitForExitAsync();
        end = $"{end}, exit code {_process.ExitCode}: {await _process.StandardError.ReadToEndAsync()}";
        Dispose();
        Deaths++;
        return new FileFate(path, null, 0, 0, null, 0, [], end, 0);
    }

    public void Dispose()
    {
        // The end of its input ends the process.
        _process?.StandardInput.Close();
        _process?.Dispose();
        _process = null;
    }

    private static ProcessStartInfo Command(int rowsADigest)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Sluice.FaultProbe.dll"));
        start.ArgumentList.Add(rowsADigest.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return start;
    }

    private Process Start() => Process.Start(Command(rowsADigest))!;
}
