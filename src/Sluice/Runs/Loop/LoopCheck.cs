using Sluice.Configuration;
using Sluice.Pool;
using Sluice.Recipes;
using Sluice.Recipes.Steps;
using Sluice.Stages;

namespace Sluice.Runs.Loop;

/// <summary>What a pipeline with a loop must hold.</summary>
internal static class LoopCheck
{
    /// <summary>The recipe's last step when it is <c>Ifd</c>, else null.</summary>
    public static IfdStep? Last(IReadOnlyList<IRecipeStep> recipe) => recipe.Count == 0 ? null : (recipe[^1] as PlacedStep)?.Inner as IfdStep ?? recipe[^1] as IfdStep;

    /// <summary>Adds every mistake.</summary>
    public static void Run(SluiceOptions options, IReadOnlyList<IRecipeStep> recipe, List<ConfigurationError> errors)
    {
        LoopOptions loop = options.Loop;
        if (loop.Epochs == 0)
        {
            return;
        }

        IfdStep? last = Last(recipe);
        if (last is null)
        {
            errors.Add(new($"{LoopOptions.SectionName}:Epochs", $"Found {loop.Epochs} epochs, but the recipe's last step is {(recipe.Count > 0 ? recipe[^1].Name : "none")}, expected Ifd: its incoming rows are the ones the loop is about."));
        }
        else if (last.Column != PoolColumns.Ifd)
        {
            errors.Add(new("Recipe", $"The step Ifd reads the column '{last.Column}', expected '{PoolColumns.Ifd}' in a loop: that is what the trained model scores again."));
        }

        if (!options.Stages.Ifd.Enabled)
        {
            errors.Add(new($"{IfdStageOptions.SectionName}:Enabled", "Found false, expected true in a loop: the first selection needs the scores of the model that training starts from."));
        }

        if (loop.Trainer.Command.Length > 0 && !loop.Trainer.Arguments.Any(argument => argument.Contains("{next}", StringComparison.Ordinal)))
        {
            errors.Add(new($"{LoopOptions.SectionName}:Trainer:Arguments", "Found no {next}, expected it in one of them: the folder that the trainer must fill with the model."));
        }

        if (loop.Trainer.Command.Length == 0 && loop.Trainer.Arguments.Count > 0)
        {
            errors.Add(new($"{LoopOptions.SectionName}:Trainer:Command", "Found arguments and no command, expected the program to run."));
        }
    }
}
