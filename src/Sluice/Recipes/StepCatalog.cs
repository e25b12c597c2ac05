using Sluice.Recipes.Steps;

namespace Sluice.Recipes;

/// <summary>The steps that a recipe may name. A new step is one line here.</summary>
internal static class StepCatalog
{
    /// <summary>Key of a step's kind.</summary>
    public const string StepKey = "Step";

    /// <summary>Key of the name under which later steps refer to what this one keeps.</summary>
    public const string AsKey = "As";

    /// <summary>Key of the earlier step whose rows come in instead of the last one's.</summary>
    public const string FromKey = "From";

    /// <summary>Name in <see cref="FromKey"/> of every candidate of the pool.</summary>
    public const string Everything = "pool";

    /// <summary>Keys that every step knows beside its own.</summary>
    public static readonly string[] CommonKeys = [StepKey, AsKey, FromKey];

    /// <summary>The steps by their name.</summary>
    public static readonly IReadOnlyDictionary<string, StepKind> Steps = new SortedDictionary<string, StepKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["Curriculum"] = new(typeof(CurriculumStepOptions), CurriculumStep.Create),
        ["DropDuplicates"] = new(typeof(DropDuplicatesStepOptions), DropDuplicatesStep.Create),
        ["FacilityLocation"] = new(typeof(FacilityLocationStepOptions), FacilityLocationStep.Create),
        ["Ifd"] = new(typeof(IfdStepOptions), IfdStep.Create),
        ["KCenter"] = new(typeof(KCenterStepOptions), KCenterStep.Create),
        ["Merge"] = new(typeof(MergeStepOptions), MergeStep.Create),
        ["Necessity"] = new(typeof(NecessityStepOptions), NecessityStep.Create),
        ["PreExperience"] = new(typeof(PreExperienceStepOptions), PreExperienceStep.Create),
        ["Proportions"] = new(typeof(ProportionsStepOptions), static r => ProportionsStep.Create(r.Options<ProportionsStepOptions>(), r.Key, r.BaseFolder, r.Solver, r.Errors)),
        ["ScoreFirst"] = new(typeof(ScoreFirstStepOptions), ScoreFirstStep.Create),
        ["TagCoverage"] = new(typeof(TagCoverageStepOptions), TagCoverageStep.Create),
        ["Threshold"] = new(typeof(ThresholdStepOptions), ThresholdStep.Create),
        ["Top"] = new(typeof(TopStepOptions), TopStep.Create),
    };

    /// <summary>Steps whose answer may hold a row several times, so that nothing can follow them.</summary>
    public static readonly IReadOnlySet<string> Last = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Curriculum" };
}
