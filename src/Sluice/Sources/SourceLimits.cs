using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Sluice.Sources;

/// <summary>Limits on what a source may hold: section <c>Limits</c>.</summary>
public sealed class SourceLimits
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Limits";

    /// <summary>Bytes of one row at most; a longer one is rejected and its first 4 KiB are kept in the rejects file. Default 16 MiB.</summary>
    [Range(1024, 1073741824)]
    public int MaxRowBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Nesting depth of one row at most. Default 64.</summary>
    [Range(4, 1000)]
    public int MaxDepth { get; init; } = 64;

    /// <summary>Turns of one conversation at most. Default 1000.</summary>
    [Range(1, 1000000)]
    public int MaxTurns { get; init; } = 1000;

    /// <summary>Characters (UTF-16 units) of one turn's text at most; a row with a longer one is rejected. Default 4194304.</summary>
    [Range(1, 1073741824)]
    public int MaxTextLength { get; init; } = 4194304;

    /// <summary>
    /// Bytes that a compressed file may unpack to, for each of its own; past that it counts as cut off. Below 64 MiB nothing is checked, so small
    /// files of repeated text pass. Default 200; text rarely reaches 20, a file made to fill memory or disk passes 1000.
    /// </summary>
    [Range(1, 1000000)]
    public int MaxCompressionRatio { get; init; } = 200;

    /// <summary>Files of one run at most. Default 1000000.</summary>
    [Range(1, 100000000)]
    public int MaxFiles { get; init; } = 1000000;

    /// <summary>The limits that decide which rows a pool takes, by key: a pool is not to hold rows of two of them.</summary>
    internal IReadOnlyDictionary<string, string> Settings() => new Dictionary<string, string>
    {
        [$"{SectionName}:{nameof(MaxRowBytes)}"] = MaxRowBytes.ToString(CultureInfo.InvariantCulture),
        [$"{SectionName}:{nameof(MaxDepth)}"] = MaxDepth.ToString(CultureInfo.InvariantCulture),
        [$"{SectionName}:{nameof(MaxTurns)}"] = MaxTurns.ToString(CultureInfo.InvariantCulture),
        [$"{SectionName}:{nameof(MaxTextLength)}"] = MaxTextLength.ToString(CultureInfo.InvariantCulture),
        [$"{SectionName}:{nameof(MaxCompressionRatio)}"] = MaxCompressionRatio.ToString(CultureInfo.InvariantCulture),
    };
}
