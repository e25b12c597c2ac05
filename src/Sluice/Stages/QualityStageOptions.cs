using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that gives every row a quality score: section <c>Stages:Quality</c>.</summary>
public sealed class QualityStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Quality";

    /// <summary>Whether the stage runs. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Folder of the model below the models directory; its task must be regression or token-probability. Default quality.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "quality";

    /// <summary>Whether each question with its answer is scored on its own, which makes the column a list a row, as Deita needs it. Default false: the whole row at once.</summary>
    public bool EachTurn { get; init; }
}
