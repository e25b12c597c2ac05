using System.Text.Json;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs.Loop;

/// <summary>A loop's <c>journal.json</c>: what it began with and which models it trained, so that a run that was cut off goes on only with the same.</summary>
internal sealed record LoopJournal
{
    public const string FileName = "journal.json";

    /// <summary>Version of the layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>What decides the loop's answers, by key.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Epoch to the times its training was started: each start fills a folder of its own.</summary>
    public IReadOnlyDictionary<int, int> Attempts { get; init; } = new Dictionary<int, int>();

    /// <summary>Epoch to the fingerprint of the model trained in it.</summary>
    public IReadOnlyDictionary<int, string> Trained { get; init; } = new Dictionary<int, string>();

    /// <summary>Reads a loop's journal; null when there is none.</summary>
    public static LoopJournal? Load(string home)
    {
        string path = Path.Combine(home, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LoopJournal>(File.ReadAllBytes(path), PoolJson.Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message} 'sluice run --fresh' starts anew.", exception);
        }
    }

    /// <summary>Writes the journal.</summary>
    public void Save(string home) => PoolDisk.Plain.WriteAllText(Path.Combine(home, FileName), CheckedJson.Seal(JsonSerializer.Serialize(this, PoolJson.Indented) + "\n"), "state");
}
