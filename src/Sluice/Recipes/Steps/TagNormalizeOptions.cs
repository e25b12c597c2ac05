using System.ComponentModel.DataAnnotations;

namespace Sluice.Recipes.Steps;

/// <summary>The four stages of tag normalisation, in this order: InsTag, arXiv 2308.07074, section 3.2. The defaults are the published values.</summary>
public sealed class TagNormalizeOptions
{
    /// <summary>Frequency: tags of fewer rows are left out. Default 20, for some 300,000 rows; 1 keeps all.</summary>
    [Range(1, int.MaxValue)]
    public int MinCount { get; init; } = 20;

    /// <summary>Rules: tags that differ only in case, special characters and English endings (Porter's stemmer, as NLTK has it) are one. Default true.</summary>
    public bool Rules { get; init; } = true;

    /// <summary>Semantic: tags within this cosine distance of each other are one, by DBSCAN. Default 0.05; 0 leaves the stage out. A greater value merges more, in chains.</summary>
    [Range(0.0, 2.0)]
    public double SemanticDistance { get; init; } = 0.05;

    /// <summary>Semantic: tags within the distance, itself included, that make a tag the core of a cluster (DBSCAN's min_samples). Default 1; from 3 on lone pairs stay apart.</summary>
    [Range(1, int.MaxValue)]
    public int MinSamples { get; init; } = 1;

    /// <summary>
    /// Semantic: vectors of the tags (JSON Lines: <c>{"tag": ..., "vector": [...]}</c>, tags in lower case), relative to the recipe's file, such as those of another model.
    /// Default empty: the model of <c>Stages:Embed</c>.
    /// </summary>
    public string Vectors { get; init; } = "";

    /// <summary>Association: rows that hold all tags of a rule, at least (FP-Growth). Default 40; 0 leaves the stage out.</summary>
    [Range(0, int.MaxValue)]
    public int MinSupport { get; init; } = 40;

    /// <summary>Association: of the rows with a rule's left-hand side this share must hold the right-hand side. Default 0.99.</summary>
    [Range(0.5, 1.0)]
    public double MinConfidence { get; init; } = 0.99;

    /// <summary>
    /// Association: what a rule merges. <c>into</c> (default): a tag becomes the one that it nearly always comes with, the surest and then the rarest of several, so a row that
    /// holds both loses nothing. <c>groups</c>: all tags of a rule, and of rules that share a tag, become one; two tags that a third implies then become one as well.
    /// The paper says "recursively merge associated tags" and has no code.
    /// </summary>
    [AllowedValues("into", "groups")]
    public string Merge { get; init; } = "into";

    /// <summary>Association, with Merge <c>groups</c>: tags of a rule, both sides together, at most. Default 2; more merges tags that are alike only in company.</summary>
    [Range(2, 6)]
    public int MaxItems { get; init; } = 2;
}
