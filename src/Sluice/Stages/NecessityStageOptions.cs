using System.ComponentModel.DataAnnotations;

namespace Sluice.Stages;

/// <summary>The stage that scores the responses: section <c>Stages:Necessity</c>, column <c>necessity</c>.</summary>
public sealed class NecessityStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Necessity";

    /// <summary>Whether the stage runs; it needs Stages:Respond. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Folder of the model below the models directory; its task must be regression or token-probability. MoDS takes the quality model. Default quality.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Model { get; init; } = "quality";
}
