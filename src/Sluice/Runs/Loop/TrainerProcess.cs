using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs.Loop;

/// <summary>Runs the trainer once: what it says goes to a log, its last lines into the message when it fails.</summary>
/// <param name="options">The command.</param>
/// <param name="folder">Where it runs: the pipeline file's folder.</param>
/// <param name="time">Measures the timeout.</param>
internal sealed class TrainerProcess(TrainerOptions options, string folder, TimeProvider time)
{
    private const int LastLines = 20;

    // A trainer may leave a helper behind that holds its output open; what was written before is read well within this.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    /// <summary>Runs the command to its end. Throws <see cref="TrainerException"/> when it cannot be started, takes too long or ends with another exit code than 0.</summary>
    /// <param name="values">Placeholder to value.</param>
    /// <param name="log">The log, continued when it is there. Beside it lies, while the trainer runs, a note of its process.</param>
    /// <param name="token">Ends the trainer and all that it started.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, string> values, string log, CancellationToken token)
    {
        string note = Path.ChangeExtension(log, ".process.json");
        EndLeftOver(note);
        using Process process = Start(values);
        Leave(note, process);
        Queue<string> last = new();
        using StreamWriter writer = new(log, append: true, new UTF8Encoding(false)) { AutoFlush = true };
        Task[] readers = [ReadAsync(process.StandardOutput, writer, last), ReadAsync(process.StandardError, writer, last)];
        process.StandardInput.Close();
        using CancellationTokenSource timeout = options.TimeoutMinutes > 0 ? new(TimeSpan.FromMinutes(options.TimeoutMinutes), time) : new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            File.Delete(note);
            token.ThrowIfCancellationRequested();
            throw new TrainerException($"The trainer did not end within {options.TimeoutMinutes} minutes and was stopped. Its log is {log}. Raise Loop:Trainer:TimeoutMinutes; the same command trains again.");
        }

        await Task.WhenAny(Task.WhenAll(readers), Task.Delay(s_drain, time, CancellationToken.None));
        File.Delete(note);
        if (process.ExitCode != 0)
        {
            string words;
            lock (last)
            {
                words = string.Join(Environment.NewLine, last.Select(line => "  " + line));
            }

            throw new TrainerException(
                $"The trainer '{options.Command}' ended with exit code {process.ExitCode}, expected 0. Its last lines, of the log {log}:{Environment.NewLine}{(words.Length > 0 ? words : "  (it said nothing)")}{Environment.NewLine}"
                + "The same command trains again; what was selected and scored is kept.");
        }
    }

    // One that has ended already leaves nothing behind that a later run would have to end.
    private static void Leave(string note, Process process)
    {
        DateTime started;
        try
        {
            started = process.StartTime.ToUniversalTime();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return;
        }

        PoolDisk.Plain.WriteAllText(note, JsonSerializer.Serialize(new Note(process.Id, started), PoolJson.Options), "state");
    }

    private Process Start(IReadOnlyDictionary<string, string> values)
    {
        string command = options.Command.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(folder, options.Command)) : options.Command;
        ProcessStartInfo start = new(command) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in options.Arguments)
        {
            start.ArgumentList.Add(values.Aggregate(argument, static (text, value) => text.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal)));
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new TrainerException($"The trainer '{command}' cannot be started in {folder}: {exception.Message} Correct Loop:Trainer:Command.", exception);
        }
    }

    private static async Task ReadAsync(StreamReader from, StreamWriter log, Queue<string> last)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (last)
            {
                log.WriteLine(line);
                last.Enqueue(line);
                if (last.Count > LastLines)
                {
                    last.Dequeue();
                }
            }
        }
    }

    // A run that was killed leaves its trainer at work, for nobody; two of them would share the device.
    private static void EndLeftOver(string note)
    {
        if (!File.Exists(note))
        {
            return;
        }

        Note left = JsonSerializer.Deserialize<Note>(File.ReadAllBytes(note), PoolJson.Options)!;
        try
        {
            using var process = Process.GetProcessById(left.Process);
            // Numbers are given again: only a process of the same start is ours.
            if ((process.StartTime.ToUniversalTime() - left.Started).Duration() < TimeSpan.FromSeconds(2))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }

        File.Delete(note);
    }

    /// <summary>Which process a trainer is.</summary>
    private sealed record Note(int Process, DateTime Started);
}
