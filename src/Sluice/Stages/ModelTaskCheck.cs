using Sluice.Inference;
using Sluice.Inference.Manifests;

namespace Sluice.Stages;

/// <summary>Refuses a model whose task is not the one a stage needs.</summary>
internal static class ModelTaskCheck
{
    /// <summary>Throws <see cref="ModelException"/> that names the option to change.</summary>
    public static TextModel Require(TextModel model, ModelTask task, string section) => model.Manifest.Task == task
        ? model
        : throw new ModelException(
            $"Found the task {model.Manifest.Task.ToString().ToLowerInvariant()} in {model.Manifest.Path}, expected {task.ToString().ToLowerInvariant()}. Name another model as {section}:Model, or set {section}:Enabled to false.");
}
