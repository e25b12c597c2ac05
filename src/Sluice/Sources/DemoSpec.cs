using System.ComponentModel.DataAnnotations;

namespace Sluice.Sources;

/// <summary>Asks for a made-up pool at the source's path when no file is there yet.</summary>
public sealed class DemoSpec
{
    /// <summary>Rows to make. Default 20000.</summary>
    [Range(1L, 1000000000L)]
    public long Rows { get; init; } = 20000;

    /// <summary>Seed: the same seed makes the same bytes. Default 2024.</summary>
    public long Seed { get; init; } = 2024;
}
