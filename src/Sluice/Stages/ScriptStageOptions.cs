namespace Sluice.Stages;

/// <summary>The stage that names the script of every row's text, so that a recipe can ask for shares of languages: section <c>Stages:Script</c>.</summary>
public sealed class ScriptStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Script";

    /// <summary>Whether the stage runs. It uses no model. Default true.</summary>
    public bool Enabled { get; init; } = true;
}
