using System.Diagnostics;
using System.Globalization;
using Sluice.Diagnostics.Faults;

namespace Sluice.Faults.Tests.Harness;

/// <summary>The real executable, started as a shell would. It never outlives its test.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private HostProcess(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts <c>sluice</c> with the arguments in a folder.</summary>
    /// <param name="folder">The current directory.</param>
    /// <param name="environment">Variables beside those of the test's own process.</param>
    /// <param name="arguments">Verb and arguments.</param>
    public static HostProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sluice-host.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string variable in (string[])[FaultPlan.Variable, FaultPlan.LogVariable, FaultPlan.SeedVariable])
        {
            start.Environment.Remove(variable);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static HostRun Run(string folder, params string[] arguments)
    {
        using HostProcess process = Start(folder, new Dictionary<string, string>(), arguments);
        return process.Wait();
    }

    /// <summary>Waits for the end.</summary>
    public HostRun Wait()
    {
        Assert.True(_process.WaitForExit(s_patience), $"sluice did not end within {s_patience}");
        return End();
    }

    /// <summary>Waits until a moment after the start, then sends SIGKILL if the process still lives.</summary>
    public HostRun KillAfter(TimeSpan moment)
    {
        TimeSpan left = moment - _clock.Elapsed;
        if (left <= TimeSpan.Zero || !_process.WaitForExit(left))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        return End();
    }

    /// <summary>Stops the process in its tracks (SIGSTOP); what it holds it keeps.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Lets a frozen process go on (SIGCONT).</summary>
    public void Thaw() => Signal("-CONT");

    /// <summary>Sends SIGKILL now.</summary>
    public HostRun Kill() => KillAfter(TimeSpan.Zero);

    /// <summary>Waits until something is so, as long as the process lives. Fails the test when it never is.</summary>
    public void Until(string what, Func<bool> isSo)
    {
        while (!isSo())
        {
            if (_process.WaitForExit(TimeSpan.FromMilliseconds(20)))
            {
                HostRun end = End();
                Assert.Fail($"sluice ended before {what}: exit code {end.ExitCode}\n{end.Output}\n{end.Error}");
            }

            Assert.True(_clock.Elapsed < s_patience, $"waited {s_patience} in vain for {what}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private HostRun End()
    {
        TimeSpan elapsed = _clock.Elapsed;
        _process.WaitForExit();
        return new HostRun(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult(), elapsed);
    }
}
