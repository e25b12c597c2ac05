using System.ComponentModel.DataAnnotations;
using Sluice.Pool;

namespace Sluice.Recipes.Steps;

/// <summary>Options of <see cref="TagCoverageStep"/>: InsTag, arXiv 2308.07074, algorithm 1.</summary>
public sealed class TagCoverageStepOptions
{
    /// <summary>The column of tags, a list a row. Default <c>tags</c>.</summary>
    public string Column { get; init; } = PoolColumns.Tags;

    /// <summary>Rows to choose. Required; the published selection has 6,000. When no more can be taken, fewer are chosen and the figure <c>exhausted</c> says so.</summary>
    [Range(1, int.MaxValue)]
    public int Count { get; init; }

    /// <summary>Rows without tags: <c>never</c> (default), as published, leaves them out whatever <see cref="Count"/> is; <c>last</c> takes them, lowest row first, when all others are taken.</summary>
    [AllowedValues("never", "last")]
    public string Untagged { get; init; } = "never";

    /// <summary>How open-set tags are brought to atomic ones before they are counted. Default absent: tags are taken as they are, which is right for those of a tagger with fixed labels.</summary>
    public TagNormalizeOptions? Normalize { get; init; }

    /// <summary>
    /// Table (csv: <c>tag,atomic,rows,stage</c>) of what became of each tag, relative to the recipe's file. One that exists is used as it is, and <see cref="Normalize"/> does
    /// not run, so that people can mend it; one that does not is written. Default empty: none.
    /// </summary>
    public string TagTable { get; init; } = "";
}
