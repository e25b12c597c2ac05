using Sluice.Dedup;
using Sluice.Stages;

namespace Sluice.Runs;

/// <summary>Which stages run, with which model: section <c>Stages</c>. Left out: all but IFD and those that ask a server, with the default models.</summary>
public sealed class StagesOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Stages";

    /// <summary>The script of the text.</summary>
    public ScriptStageOptions Script { get; init; } = new();

    /// <summary>The tagger.</summary>
    public TagStageOptions Tag { get; init; } = new();

    /// <summary>The quality model.</summary>
    public QualityStageOptions Quality { get; init; } = new();

    /// <summary>The complexity model.</summary>
    public ComplexityStageOptions Complexity { get; init; } = new();

    /// <summary>The causal model of instruction-following difficulty.</summary>
    public IfdStageOptions Ifd { get; init; } = new();

    /// <summary>The model whose answers tell which rows it needs.</summary>
    public RespondStageOptions Respond { get; init; } = new();

    /// <summary>The score of those answers.</summary>
    public NecessityStageOptions Necessity { get; init; } = new();

    /// <summary>The free tagger.</summary>
    public OpenTagsStageOptions OpenTags { get; init; } = new();

    /// <summary>The embedder.</summary>
    public EmbedStageOptions Embed { get; init; } = new();

    /// <summary>Exact and near duplicates.</summary>
    public DedupOptions Dedup { get; init; } = new();
}
