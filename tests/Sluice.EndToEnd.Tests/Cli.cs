using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.EndToEnd.Tests;

/// <summary>Runs the real executable, as a user's shell would.</summary>
internal sealed class Cli : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-e2e-").FullName;

    public static string Root { get; } = FindRoot();

    public string this[string name] => Path.Combine(Folder, name);

    public static string Shared(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));

    /// <summary>Runs <c>sluice</c> with the arguments, in this test's folder.</summary>
    public CliResult Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "sluice did not end within five minutes");
        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts <c>sluice</c> and does not wait.</summary>
    public Process Start(params string[] arguments) => Start(arguments, null);

    /// <summary>The same, with more variables in its environment.</summary>
    public Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sluice-host.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Write(string name, string text) => File.WriteAllText(this[name], text);

    public JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(this[name]))!;

    public string[] Lines(string name) => File.ReadAllLines(this[name]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Stream.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Stream.sln above {AppContext.BaseDirectory}.");
    }
}
