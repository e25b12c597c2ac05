using Sluice.Inference;
using Sluice.Inference.Manifests;

namespace Sluice.Stages;

/// <summary>Refuses a model whose task is not the one a stage needs.</summary>
internal static class ModelTaskCheck
{
    /// <summary>Throws <see cref="ModelException"/> that names the option to change.</summary>
    public static TextModel Require(TextModel model, string section, params ReadOnlySpan<ModelTask> tasks) => tasks.Contains(model.Manifest.Task)
        ? model
        : throw new ModelException(
            $"Found the task {Word(model.Manifest.Task)} in {model.Manifest.Path}, expected {string.Join(" or ", tasks.ToArray().Select(Word))}. Name another model as {section}:Model, or set {section}:Enabled to false.");

    private static string Word(ModelTask task) => task == ModelTask.TokenProbability ? "token-probability" : task.ToString().ToLowerInvariant();
}
