using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that gives every row tags and a category: section <c>Stages:Tag</c>.</summary>
public sealed class TagStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Tag";

    /// <summary>Whether the stage runs. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Folder of the model below the models directory; its task must be classification. Default tagger.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "tagger";
}
