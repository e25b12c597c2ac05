using System.Text.Json;

namespace Sluice.Pool;

/// <summary>What a pool was made from: decided once, written down in <c>plan.json</c>, never recomputed.</summary>
public sealed record PoolPlan
{
    internal const string FileName = "plan.json";

    /// <summary>Version of the pool's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The input files, in reading order.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Everything else that decides what the pool holds, by key: limits, batch sizes, dedup settings, fingerprints of models.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Reads the plan of a pool; null when there is none.</summary>
    internal static PoolPlan? Load(string folder)
    {
        string path = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<PoolPlan>(File.ReadAllBytes(path), PoolJson.Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message} 'sluice run --fresh' starts anew.", exception);
        }
    }

    internal void Save(string folder) =>
        Durable.WriteAllText(System.IO.Path.Combine(folder, FileName), JsonSerializer.Serialize(this, PoolJson.Indented));
}
