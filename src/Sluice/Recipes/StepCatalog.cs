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

    /// <summary>Kind to what reads its options; null after a mistake.</summary>
    public static readonly IReadOnlyDictionary<string, Func<StepReading, IRecipeStep?>> Steps = new SortedDictionary<string, Func<StepReading, IRecipeStep?>>(StringComparer.OrdinalIgnoreCase)
    {
        ["Curriculum"] = CurriculumStep.Create,
        ["DropDuplicates"] = DropDuplicatesStep.Create,
        ["FacilityLocation"] = FacilityLocationStep.Create,
        ["Ifd"] = IfdStep.Create,
        ["KCenter"] = KCenterStep.Create,
        ["Merge"] = MergeStep.Create,
        ["Necessity"] = NecessityStep.Create,
        ["PreExperience"] = PreExperienceStep.Create,
        ["Proportions"] = static r => ProportionsStep.Create(r.Options<ProportionsStepOptions>(), r.Key, r.BaseFolder, r.Solver, r.Errors),
        ["ScoreFirst"] = ScoreFirstStep.Create,
        ["TagCoverage"] = TagCoverageStep.Create,
        ["Threshold"] = ThresholdStep.Create,
        ["Top"] = TopStep.Create,
    };

    /// <summary>Steps whose answer may hold a row several times, so that nothing can follow them.</summary>
    public static readonly IReadOnlySet<string> Last = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Curriculum" };
}
