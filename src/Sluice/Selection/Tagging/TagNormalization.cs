namespace Sluice.Selection.Tagging;

/// <summary>How tags are normalised: InsTag, arXiv 2308.07074, section 3.2. Each stage works on what the one before left.</summary>
internal sealed record TagNormalization
{
    /// <summary>Frequency: tags of fewer rows than this are left out. 1 keeps all. Published: 20.</summary>
    public int MinCount { get; init; } = 20;

    /// <summary>Rules: tags with equal <see cref="TagRules.Key"/> are one.</summary>
    public bool Rules { get; init; } = true;

    /// <summary>Semantic: tags within this cosine distance are one (DBSCAN's eps). 0 leaves the stage out. Published: 0.05.</summary>
    public double SemanticDistance { get; init; } = 0.05;

    /// <summary>Semantic: tags within the distance, itself included, that make a tag the core of a cluster (DBSCAN's min_samples). Not published; 1 joins every pair within the distance.</summary>
    public int MinSamples { get; init; } = 1;

    /// <summary>Association: rows that hold all tags of a rule, at least. 0 leaves the stage out. Published: 40.</summary>
    public int MinSupport { get; init; } = 40;

    /// <summary>Association: share of the rows with a rule's left-hand side that hold its right-hand side too, at least. Published: 0.99.</summary>
    public double MinConfidence { get; init; } = 0.99;

    /// <summary>Association: whether all tags of a rule, and of rules that share a tag, become one (<see cref="AssociationMerge.Groups"/>) instead of the left-hand tag the right-hand one.</summary>
    public bool MergeGroups { get; init; }

    /// <summary>Association, with <see cref="MergeGroups"/>: tags of a rule, at most, both sides together. Not published; 2 looks at pairs.</summary>
    public int MaxItems { get; init; } = 2;
}
