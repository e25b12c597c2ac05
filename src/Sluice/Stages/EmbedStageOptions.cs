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
}
