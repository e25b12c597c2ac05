namespace Sluice.Sources;

/// <summary>What the ending of a file's name says of it.</summary>
internal static class FileEndings
{
    /// <summary>The endings that are read, for messages.</summary>
    public const string Known = ".jsonl, .ndjson, .json (each also with .gz or .zst) and .parquet";

    /// <summary>Names a user may give as Format.</summary>
    public static IReadOnlyList<string> FormatNames { get; } = ["jsonl", "json", "parquet"];

    /// <summary>The compression that the ending names, and the name without it.</summary>
    public static Compression SplitCompression(string name, out string rest)
    {
        foreach ((string ending, Compression compression) in new[] { (".gz", Compression.GZip), (".zst", Compression.Zstandard) })
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                rest = name[..^ending.Length];
                return compression;
            }
        }

        rest = name;
        return Compression.None;
    }

    /// <summary>Whether a file is what <c>sluice demo</c> writes beside a pool: a folder or glob that finds it does not mean it.</summary>
    public static bool IsTruth(string name) => name.EndsWith(".truth.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The format that the ending names; null when it is unknown. A <c>.json</c> is taken for an array until its content is seen.</summary>
    public static SourceFormat? Format(string name)
    {
        Compression compression = SplitCompression(name, out string rest);
        return Path.GetExtension(rest).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => SourceFormat.JsonLines,
            ".json" => SourceFormat.JsonArray,
            ".parquet" when compression == Compression.None => SourceFormat.Parquet,
            _ => null,
        };
    }

    /// <summary>The format a user's word stands for; null when it is none. Case does not matter.</summary>
    public static SourceFormat? Named(string word) => word.ToLowerInvariant() switch
    {
        "jsonl" or "ndjson" or "jsonlines" => SourceFormat.JsonLines,
        "json" or "jsonarray" => SourceFormat.JsonArray,
        "parquet" => SourceFormat.Parquet,
        _ => null,
    };
}
