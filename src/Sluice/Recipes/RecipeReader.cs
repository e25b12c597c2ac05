using Microsoft.Extensions.Configuration;
using Sluice.Configuration;
using Sluice.Diagnostics;
using Sluice.Proportions;

namespace Sluice.Recipes;

/// <summary>Reads a recipe's steps from configuration and collects every mistake in them.</summary>
/// <param name="solver">Solves the linear programme of <c>Proportions</c>.</param>
/// <param name="errors">Takes the mistakes.</param>
internal sealed class RecipeReader(ILinearSolver solver, List<ConfigurationError> errors)
{
    /// <summary>Reads the steps; files named in them are relative to <paramref name="baseFolder"/>.</summary>
    public IReadOnlyList<IRecipeStep> Read(IConfigurationSection section, string baseFolder)
    {
        List<IRecipeStep> steps = [];
        List<string> names = [];
        IConfigurationSection[] entries = [.. section.GetChildren()];
        for (int i = 0; i < entries.Length; i++)
        {
            IConfigurationSection entry = entries[i];
            string kind = entry[StepCatalog.StepKey] ?? "";
            string label = entry[StepCatalog.AsKey] ?? "";
            string from = entry[StepCatalog.FromKey] ?? "";
            int before = errors.Count;
            IRecipeStep? step = ReadStep(entry, kind, baseFolder);
            CheckNames(entry, label, from, names);
            if (entry["Beside"] is { Length: > 0 } beside)
            {
                CheckKnown($"{entry.Path}:Beside", beside, names);
            }

            foreach (string merged in kind.Equals("Merge", StringComparison.OrdinalIgnoreCase) ? entry.GetSection("Of").GetChildren().Select(c => c.Value ?? "") : [])
            {
                CheckKnown($"{entry.Path}:Of", merged, names);
            }

            if (StepCatalog.Last.Contains(kind) && i < entries.Length - 1)
            {
                errors.Add(new(entry.Path, $"{kind} writes rows several times, so it must be the last step; found {entries.Length - 1 - i} behind it."));
            }

            if (step is not null && errors.Count == before)
            {
                steps.Add(label.Length + from.Length > 0 ? new PlacedStep(step, label, from) : step);
            }

            names.Add(label.Length > 0 ? label : kind);
        }

        if (entries.Length == 0)
        {
            errors.Add(new(section.Path, $"Found no step, expected a list such as [{{\"Step\": \"Top\", \"Column\": \"quality\", \"Count\": 1000}}]. Steps: {string.Join(", ", StepCatalog.Steps.Keys)}."));
        }

        return steps;
    }

    private IRecipeStep? ReadStep(IConfigurationSection entry, string kind, string baseFolder)
    {
        if (StepCatalog.Steps.TryGetValue(kind, out StepKind? known))
        {
            return known.Create(new StepReading(entry, baseFolder, solver, errors));
        }

        string all = string.Join(", ", StepCatalog.Steps.Keys);
        errors.Add(new($"{entry.Path}:{StepCatalog.StepKey}", kind.Length == 0
            ? $"Found no step name, expected one of {all}."
            : $"Unknown step '{kind}'.{Suggestion.DidYouMean(kind, StepCatalog.Steps.Keys)} Known steps: {all}."));
        return null;
    }

    private void CheckNames(IConfigurationSection entry, string label, string from, List<string> names)
    {
        if (label.Length > 0 && (label == StepCatalog.Everything || names.Contains(label, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(new($"{entry.Path}:{StepCatalog.AsKey}", $"Found '{label}', which {(label == StepCatalog.Everything ? "means every candidate" : "an earlier step is called already")}. Choose another name."));
        }

        if (from.Length > 0)
        {
            CheckKnown($"{entry.Path}:{StepCatalog.FromKey}", from, names);
        }
    }

    private void CheckKnown(string key, string name, List<string> names)
    {
        if (name != StepCatalog.Everything && !names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(new(key, $"Found '{name}', expected the name of an earlier step{(names.Count > 0 ? $" ({string.Join(", ", names)})" : "")} or {StepCatalog.Everything}.{Suggestion.DidYouMean(name, names)}"));
        }
    }
}
