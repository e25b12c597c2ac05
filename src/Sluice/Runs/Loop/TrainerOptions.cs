using System.ComponentModel.DataAnnotations;

namespace Sluice.Runs.Loop;

/// <summary>The command that trains a model on a selection: section <c>Loop:Trainer</c>. It inherits the environment and runs in the pipeline file's folder.</summary>
public sealed class TrainerOptions
{
    /// <summary>The program: a name on the PATH, or a path, relative to the pipeline file when it has a slash. Default empty: none.</summary>
    public string Command { get; init; } = "";

    /// <summary>
    /// Its arguments. Replaced in each: <c>{epoch}</c> (0-based), <c>{selected}</c> (the file of selected rows, in the order they were picked; shuffle them as the training
    /// wants), <c>{model}</c> (folder of the model to go on from: that of Stages:Ifd, then the epoch's before), <c>{next}</c> (an empty folder to fill with the trained model:
    /// manifest.json, graph and tokenizer) and <c>{out}</c> (the epoch's output folder). Default none.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Minutes after which a training is stopped and counts as failed. Default 0: never.</summary>
    [Range(0.0, 1e6)]
    public double TimeoutMinutes { get; init; }
}
