using Sluice.Recipes.Iteration;

namespace Sluice.Runs.Loop;

/// <summary>Where a loop keeps what: in <c>loop</c> of the work directory and, of what people read, in the output directory.</summary>
/// <param name="work">The work directory.</param>
/// <param name="output">The output directory.</param>
internal sealed class LoopFolders(string work, string output)
{
    /// <summary>Name of the loop's folder in the work directory.</summary>
    public const string FolderName = "loop";

    /// <summary>The loop's own folder.</summary>
    public string Home { get; } = Path.Combine(work, FolderName);

    /// <summary>The iteration's state where the recipe names no directory for it.</summary>
    public string State => Path.Combine(Home, "state");

    /// <summary>What belongs to an epoch.</summary>
    public string Epoch(int epoch) => Path.Combine(Home, IterationStore.NameOf(epoch));

    /// <summary>The model trained in an epoch.</summary>
    public string Model(int epoch) => Path.Combine(Epoch(epoch), "model");

    /// <summary>The scores that begin an epoch.</summary>
    public string Scores(int epoch) => Path.Combine(Epoch(epoch), "scores");

    /// <summary>What an epoch's trainer said.</summary>
    public string Log(int epoch) => Path.Combine(Epoch(epoch), "trainer.log");

    /// <summary>An epoch's selection.</summary>
    public string Output(int epoch) => Path.Combine(output, IterationStore.NameOf(epoch));
}
