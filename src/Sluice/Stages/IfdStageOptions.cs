using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that gives every row its instruction-following difficulty by a causal model: section <c>Stages:Ifd</c>.</summary>
public sealed class IfdStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Ifd";

    /// <summary>Whether the stage runs. It reads each answer twice with a language model, which costs far more than all other stages together. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Folder of the model below the models directory; its task must be perplexity. Default lm.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "lm";

    /// <summary>
    /// The published definition: <c>superfiltering</c> (ratio of perplexities, no template), <c>cherry</c> (ratio of mean losses, Alpaca's prompts) or <c>iterit</c>
    /// (ratio of perplexities, chat template, closing token scored). They rank rows differently. Default superfiltering.
    /// </summary>
    [RegularExpression("(?i)^(superfiltering|cherry|iterit)$")]
    public string Definition { get; init; } = "superfiltering";

    /// <summary>
    /// Chat template below <c>templates</c> in the models directory: the one the model was tuned with, else every score drifts towards 1. Empty: the definition's
    /// own (plain, alpaca, llama3.1). Default empty.
    /// </summary>
    public string Template { get; init; } = "";
}
