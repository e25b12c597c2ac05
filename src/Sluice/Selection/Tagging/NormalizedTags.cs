namespace Sluice.Selection.Tagging;

/// <summary>The outcome of <see cref="TagNormalizer"/>.</summary>
internal sealed record NormalizedTags
{
    /// <summary>What became of each tag, in the order of the tags.</summary>
    public required IReadOnlyList<TagEntry> Entries { get; init; }

    /// <summary>Different tags before the first stage.</summary>
    public required int Raw { get; init; }

    /// <summary>Different tags after each stage that ran, in the order of the stages.</summary>
    public required IReadOnlyDictionary<TagChange, int> After { get; init; }

    /// <summary>Association rules found, over all passes.</summary>
    public required int AssociationRules { get; init; }

    /// <summary>Times that rules were looked for: the tags they merge may make new ones.</summary>
    public required int Passes { get; init; }
}
