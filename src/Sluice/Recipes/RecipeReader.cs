using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Proportions;
using Sluice.Recipes.Steps;

namespace Sluice.Recipes;

/// <summary>Reads a recipe's steps from configuration and collects every mistake in them.</summary>
/// <param name="solver">Solves the linear programme of <c>Proportions</c>.</param>
/// <param name="errors">Takes the mistakes.</param>
internal sealed class RecipeReader(ILinearSolver solver, List<ConfigurationError> errors)
{
    private const string StepKey = "Step";
    private static readonly string[] s_steps = ["Threshold", "Top", "KCenter", "Proportions"];

    /// <summary>Reads the steps; files named in them are relative to <paramref name="baseFolder"/>.</summary>
    public IReadOnlyList<IRecipeStep> Read(IConfigurationSection section, string baseFolder)
    {
        List<IRecipeStep> steps = [];
        foreach (IConfigurationSection entry in section.GetChildren())
        {
            int before = errors.Count;
            IRecipeStep? step = ReadStep(entry, baseFolder);
            if (step is not null && errors.Count == before)
            {
                steps.Add(step);
            }
        }

        if (!section.GetChildren().Any())
        {
            errors.Add(new(section.Path, $"Found no step, expected a list such as [{{\"Step\": \"Top\", \"Column\": \"quality\", \"Count\": 1000}}]. Steps: {string.Join(", ", s_steps)}."));
        }

        return steps;
    }

    private IRecipeStep? ReadStep(IConfigurationSection entry, string baseFolder)
    {
        string name = entry[StepKey] ?? "";
        ConfigurationReader reader = new(errors);
        switch (s_steps.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            case "Threshold":
                ThresholdStepOptions threshold = reader.Read<ThresholdStepOptions>(entry, StepKey);
                Require(entry, nameof(threshold.Column), threshold.Column);
                int limits = new[] { threshold.Above, threshold.AtLeast, threshold.Below, threshold.AtMost }.Count(l => l is not null);
                Check(entry, limits == 1, $"Found {limits} limits, expected exactly one of Above, AtLeast, Below, AtMost.");
                return limits == 1 ? new ThresholdStep(threshold) : null;
            case "Top":
                TopStepOptions top = reader.Read<TopStepOptions>(entry, StepKey);
                Require(entry, nameof(top.Column), top.Column);
                Check(entry, top.Count is null != top.Ratio is null, "Expected either Count or Ratio.");
                return new TopStep(top);
            case "KCenter":
                KCenterStepOptions kcenter = reader.Read<KCenterStepOptions>(entry, StepKey);
                Check(entry, kcenter.Count > 0, "Found no Count, expected the number of rows to choose, such as \"Count\": 1000.");
                Check(entry, kcenter.Start.Count <= Math.Max(1, kcenter.Count), $"Start names {kcenter.Start.Count} rows, more than Count ({kcenter.Count}).");
                return new KCenterStep(kcenter);
            case "Proportions":
                return ProportionsStep.Create(reader.Read<ProportionsStepOptions>(entry, StepKey), entry.Path, baseFolder, solver, errors);
            default:
                errors.Add(new($"{entry.Path}:{StepKey}", name.Length == 0
                    ? $"Found no step name, expected one of {string.Join(", ", s_steps)}."
                    : $"Unknown step '{name}'.{Suggestion.DidYouMean(name, s_steps)} Known steps: {string.Join(", ", s_steps)}."));
                return null;
        }
    }

    private void Require(IConfigurationSection entry, string key, string value) => Check(entry, value.Length > 0, $"The key {key} is required.");

    private void Check(IConfigurationSection entry, bool holds, string message)
    {
        if (!holds)
        {
            errors.Add(new(entry.Path, message));
        }
    }
}
