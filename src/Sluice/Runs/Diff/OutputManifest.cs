using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Sinks;
using Sluice.Sinks.Diff;
using Sluice.Sinks.Report;

namespace Sluice.Runs.Diff;

/// <summary>An output directory, read through its <c>run.json</c>.</summary>
internal sealed class OutputManifest
{
    private OutputManifest(string path, JsonObject run)
    {
        Path = path;
        Run = run;
        Files = [.. run.Objects("files").Select(f => new OutputFile(f.Text("name"), f.Text("path"), f.Text("label"), f.Text("sha256")))];
        Columns = run.Objects("columns").GroupBy(c => c.Text("name"), StringComparer.Ordinal).ToDictionary(c => c.Key, c => (Kind: c.First().Text("kind"), Fingerprint: c.First().Text("fingerprint")), StringComparer.Ordinal);
        JsonObject? rows = run["rows"] as JsonObject;
        Side = new DiffSide(path, run.Text("name"), rows.Count("candidates"), rows.Count("selected"), rows.Count("written"),
            [.. run.Objects("steps").Select(s => new DiffStep(s.Text("as") is { Length: > 0 } label ? label : s.Text("step"), s.Count("out")))],
            run.Text("waiting") is { Length: > 0 } waiting ? waiting : null);
    }

    /// <summary>The directory as the user named it.</summary>
    public string Path { get; }

    /// <summary>The manifest.</summary>
    public JsonObject Run { get; }

    /// <summary>The pool's input files, in the order of its plan.</summary>
    public IReadOnlyList<OutputFile> Files { get; }

    /// <summary>The pool's columns: what their values are and what made them.</summary>
    public IReadOnlyDictionary<string, (string Kind, string Fingerprint)> Columns { get; }

    /// <summary>The pool's folder at the time; it may be gone.</summary>
    public string Pool => Run.Text("pool");

    /// <summary>What is told of this side.</summary>
    public DiffSide Side { get; }

    /// <summary>A file of the directory.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Opens an output directory; null, with the mistake under <paramref name="key"/>, when it is none.</summary>
    public static OutputManifest? Open(string path, string key, List<ConfigurationError> errors)
    {
        string? fault = Fault(path);
        if (fault is null)
        {
            try
            {
                if (JsonNode.Parse(File.ReadAllBytes(System.IO.Path.Combine(path, OutputFolder.Manifest))) is JsonObject run)
                {
                    return new OutputManifest(path, run);
                }

                fault = $"Found no object in {OutputFolder.Manifest}, expected the one that a run leaves. Run or select again.";
            }
            catch (JsonException exception)
            {
                fault = $"{OutputFolder.Manifest} in {path} is damaged: {exception.Message} Run or select again.";
            }
        }

        errors.Add(new(key, fault));
        return null;
    }

    private static string? Fault(string path)
    {
        const string Expected = "expected an output directory, as 'sluice run' and 'sluice select' leave it";
        if (!Directory.Exists(path))
        {
            return $"Found no directory {path}, {Expected}.";
        }

        if (!File.Exists(System.IO.Path.Combine(path, OutputFolder.Manifest)))
        {
            return $"Found no {OutputFolder.Manifest} in {path}, {Expected}. {Hint(path)}";
        }

        string? missing = ((string[])[SelectionWriter.FileName, DroppedWriter.FileName]).FirstOrDefault(name => !File.Exists(System.IO.Path.Combine(path, name)));
        return missing is null ? null : $"Found no {missing} beside {OutputFolder.Manifest} in {path}, {Expected}. 'sluice select' on its pool writes it again.";
    }

    private static string Hint(string path)
    {
        try
        {
            return $"It is a work directory; its last run wrote to {WorkConfiguration.Load(path).OutPath}.";
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return "A run that was cut off leaves none: run it again, it goes on where it was.";
        }
    }
}
