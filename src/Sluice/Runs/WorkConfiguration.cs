using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs;

/// <summary>
/// The configuration that a work directory's last run had, whole: <c>configuration.json</c>, and a copy from which a damaged one is mended. So that what is done to the
/// directory later (repair, replay) is done as the run would have done it. Keys to servers do not stand in it, only the names of the variables that hold them.
/// </summary>
internal sealed record WorkConfiguration
{
    public const string FileName = "configuration.json";
    public const string CopyName = "configuration.copy.json";
    private const string Area = "configuration";

    /// <summary>Folder that relative paths in it start from.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The output directory.</summary>
    public required string OutPath { get; init; }

    /// <summary>Every key with a value.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Keeps a pipeline's configuration where it is not kept already.</summary>
    public static void Keep(Pipeline pipeline, PoolDisk disk)
    {
        WorkConfiguration kept = new() { BaseFolder = pipeline.BaseFolder, OutPath = pipeline.OutPath, Values = pipeline.Values };
        string text = CheckedJson.Seal(JsonSerializer.Serialize(kept, PoolJson.Indented) + "\n");
        foreach (string name in (ReadOnlySpan<string>)[CopyName, FileName])
        {
            string path = Path.Combine(pipeline.WorkPath, name);
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                disk.WriteAllText(path, text, Area);
            }

            // Of a rename a power cut may leave both names.
            disk.Delete(path + PoolDisk.Partial, "cleanup");
        }
    }

    /// <summary>Reads a work directory's configuration: the file, or its copy when the file is damaged. Throws <see cref="InvalidDataException"/> when there is neither.</summary>
    public static WorkConfiguration Load(string work)
    {
        foreach (string name in (ReadOnlySpan<string>)[FileName, CopyName])
        {
            string path = Path.Combine(work, name);
            if (File.Exists(path) && File.ReadAllBytes(path) is { } bytes && CheckedJson.Fault(bytes) is null)
            {
                return JsonSerializer.Deserialize<WorkConfiguration>(bytes, PoolJson.Options)!;
            }
        }

        throw new InvalidDataException($"{work} holds no {FileName} that is whole, expected the one that 'sluice run' leaves in its work directory. Give the work directory of a run; running the pipeline again writes the file anew.");
    }

    /// <summary>As layers of configuration, for <see cref="Pipeline.Read"/>, with <see cref="FileIn"/> as its file.</summary>
    public IConfigurationRoot Build(IEnumerable<KeyValuePair<string, string?>> overrides) =>
        new ConfigurationBuilder().AddInMemoryCollection(Values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).AddInMemoryCollection(overrides).Build();

    /// <summary>A name in the folder that relative paths start from.</summary>
    public string FileIn => Path.Combine(BaseFolder, FileName);
}
