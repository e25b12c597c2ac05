using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that gives every row a complexity score: section <c>Stages:Complexity</c>.</summary>
public sealed class ComplexityStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Complexity";

    /// <summary>Whether the stage runs. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Folder of the model below the models directory; its task must be regression or token-probability. Default complexity.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "complexity";

    /// <summary>Whether each question is scored on its own, which makes the column a list a row, as Deita needs it. Default false: the whole row at once.</summary>
    public bool EachTurn { get; init; }
}
