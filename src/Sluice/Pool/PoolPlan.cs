using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Pool.Disk;

namespace Sluice.Pool;

/// <summary>What a pool was made from: decided once, written down in <c>plan.json</c>, never recomputed.</summary>
public sealed record PoolPlan
{
    internal const string FileName = "plan.json";
    internal const string CopyName = "plan.copy.json";
    private const string Area = "plan";

    // The first version whose plans carry a check.
    private const int Sealed = 2;

    /// <summary>Version of the pool's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The check of the file, read only to tell whether there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string Check { get; init; } = "";

    /// <summary>The input files, in reading order.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Everything else that decides what the pool holds, by key: limits, batch sizes, dedup settings, fingerprints of models.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>
    /// Reads the plan of a pool; null when there is none. Throws <see cref="InvalidDataException"/> when it is damaged. A plan without a check is an earlier version's
    /// and is taken as it is.
    /// </summary>
    internal static PoolPlan? Load(string folder)
    {
        string path = System.IO.Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            PoolPlan plan = JsonSerializer.Deserialize<PoolPlan>(bytes, PoolJson.Options) ?? throw new JsonException("Found null, expected an object.");
            return plan.Check.Length == 0 && plan.Format < Sealed || CheckedJson.Fault(bytes) is not { } fault ? plan : throw new JsonException(fault);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message} 'sluice repair' on the work directory mends it.", exception);
        }
    }

    /// <summary>Whether a plan was written before plans had checks.</summary>
    internal static bool IsOfAnEarlierVersion(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PoolPlan>(File.ReadAllBytes(path), PoolJson.Options) is { Format: < Sealed, Check.Length: 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Puts a whole one of plan and copy in the place of a damaged or missing other. Returns what was mended; null when both were whole. Throws <see cref="InvalidDataException"/> when neither is.</summary>
    internal static string? Mend(string folder, PoolDisk disk)
    {
        string plan = System.IO.Path.Combine(folder, FileName);
        string copy = System.IO.Path.Combine(folder, CopyName);
        bool[] whole = [.. ((string[])[plan, copy]).Select(path => File.Exists(path) && CheckedJson.Fault(File.ReadAllBytes(path)) is null)];
        if (whole[0] == whole[1])
        {
            return whole[0] || IsOfAnEarlierVersion(plan) ? null
                : throw new InvalidDataException($"{plan} and its copy are both damaged: what the pool was made from is not known any more. 'sluice run --fresh' starts anew.");
        }

        (string from, string to) = whole[0] ? (plan, copy) : (copy, plan);
        disk.WriteAllText(to, File.ReadAllText(from), Area);
        return to;
    }

    /// <summary>Writes the plan, and a copy of it from which a damaged one is mended.</summary>
    internal void Save(string folder, PoolDisk? disk = null)
    {
        string text = CheckedJson.Seal(JsonSerializer.Serialize(this with { Format = Sealed, Check = null! }, PoolJson.Indented));
        disk ??= PoolDisk.Plain;
        disk.CreateFolder(folder, Area);
        disk.WriteAllText(System.IO.Path.Combine(folder, CopyName), text, Area);
        disk.WriteAllText(System.IO.Path.Combine(folder, FileName), text, Area);
    }
}
