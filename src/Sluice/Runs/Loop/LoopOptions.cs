using System.ComponentModel.DataAnnotations;

namespace Sluice.Runs.Loop;

/// <summary>
/// The loop of an iterative method: select, train, score again, select: section <c>Loop</c>. The recipe's last step must be <c>Ifd</c>; the rows that come into it are the ones
/// the loop is about, whatever earlier steps left out.
/// </summary>
public sealed class LoopOptions
{
    /// <summary>Name of the section in appsettings.</summary>
    public const string SectionName = "Loop";

    /// <summary>Epochs of training, each on a selection of its own; IterIT trains 3. Default 0: no loop, the recipe is run once.</summary>
    [Range(0, 1000)]
    public int Epochs { get; init; }

    /// <summary>
    /// <c>iterative</c> (default): before each epoch but the first, the front of the order is scored again by the model as trained so far. <c>baseline</c>: one selection serves
    /// every epoch.
    /// </summary>
    [AllowedValues("iterative", "baseline")]
    public string UpdateStrategy { get; init; } = "iterative";

    /// <summary>What trains the model. Without a command the run ends after the first selection; <c>sluice iterate</c> goes on by hand.</summary>
    public TrainerOptions Trainer { get; init; } = new();
}
