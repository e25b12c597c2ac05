using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that gives every row an embedding: section <c>Stages:Embed</c>.</summary>
public sealed class EmbedStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Embed";

    /// <summary>Whether the stage runs. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Folder of the model below the models directory; its task must be embedding. Default embedder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "embedder";

    /// <summary>
    /// What of a row is embedded, where that is not to be the manifest's choice: <c>instruction</c> (MoDS), <c>prompt</c>, <c>response</c> or <c>conversation</c> (Deita,
    /// Superfiltering). Empty: the manifest's. Default empty.
    /// </summary>
    [RegularExpression("(?i)^(instruction|prompt|response|conversation|)$")]
    public string Text { get; init; } = "";
}
