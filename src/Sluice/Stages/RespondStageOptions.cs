namespace Sluice.Stages;

/// <summary>The stage that has a model, the one being tuned in MoDS, answer each row's question: section <c>Stages:Respond</c>, column <c>response</c>.</summary>
public sealed class RespondStageOptions : AskStageOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Stages:Respond";

    /// <summary>Creates the defaults.</summary>
    public RespondStageOptions()
        : base("alpaca")
    {
    }

    /// <summary>
    /// Taken off the end of an answer that ends with it, such as <c>&lt;/s&gt;</c>, which MoDS's own files keep (its script cuts the last 4 characters whatever they are).
    /// Default empty.
    /// </summary>
    public string StripSuffix { get; init; } = "";
}
