using System.CommandLine;

namespace Sluice.Host.Cli;

/// <summary><c>sluice study</c>: <see cref="StudyPlanVerb"/> and <see cref="StudyEstimateVerb"/>.</summary>
internal static class StudyVerb
{
    public static Command Create() => new("study",
        "Which categories of rows help which (Beyond IID, arXiv 2409.07045): 'plan' writes the data sets to tune one model each on, 'estimate' turns the models' scores into "
        + "the effect-equivalence matrix of the Proportions step and the taxonomy of the Curriculum step.")
    {
        Subcommands = { StudyPlanVerb.Create(), StudyEstimateVerb.Create() },
    };
}
