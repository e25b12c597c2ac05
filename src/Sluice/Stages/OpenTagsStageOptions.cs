namespace Sluice.Stages;

/// <summary>The stage that has a model, such as InsTagger, tag each question freely: section <c>Stages:OpenTags</c>, column <c>open_tags</c>.</summary>
public sealed class OpenTagsStageOptions : AskStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:OpenTags";

    /// <summary>Creates the defaults.</summary>
    public OpenTagsStageOptions()
        : base("vicuna")
    {
    }
}
