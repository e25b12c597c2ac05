namespace Sluice.Inference.Difficulty;

/// <summary>
/// One of the three published definitions of instruction-following difficulty (IFD): how much an instruction helps a model to foresee its answer. They rank
/// rows differently.
/// </summary>
/// <param name="Name">The name in options.</param>
/// <param name="Template">Chat template used unless another is named.</param>
/// <param name="IsPerplexityRatio">exp(mean loss with instruction) / exp(mean loss without); else the ratio of the mean losses themselves.</param>
/// <param name="ScoresClosing">Whether the tokens that close an answer are scored with it.</param>
/// <param name="EqualLengths">Whether as many tokens of the direct text are scored as of the conditional one; else it may fill the room the instruction leaves.</param>
internal sealed record IfdDefinition(string Name, string Template, bool IsPerplexityRatio, bool ScoresClosing, bool EqualLengths)
{
    /// <summary>Cherry (arXiv 2308.12032, <c>data_by_IFD.py</c>): ratio of mean losses, Alpaca's prompts; the direct text begins with <c>### Response:</c>.</summary>
    public static IfdDefinition Cherry { get; } = new("cherry", "alpaca", IsPerplexityRatio: false, ScoresClosing: false, EqualLengths: false);

    /// <summary>Superfiltering (arXiv 2402.00530, <c>code_ifd</c>): ratio of perplexities, no template.</summary>
    public static IfdDefinition Superfiltering { get; } = new("superfiltering", "plain", IsPerplexityRatio: true, ScoresClosing: false, EqualLengths: false);

    /// <summary>IterIT (arXiv 2412.17365): ratio of perplexities, chat templates on both sides, the closing token scored.</summary>
    public static IfdDefinition IterIt { get; } = new("iterit", "llama3.1", IsPerplexityRatio: true, ScoresClosing: true, EqualLengths: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IfdDefinition> All { get; } = [Superfiltering, Cherry, IterIt];

    /// <summary>The ratio of two mean losses in nats; NaN where it is undefined.</summary>
    public double Ratio(double conditional, double direct) => IsPerplexityRatio ? Math.Exp(conditional - direct) : direct == 0 ? double.NaN : conditional / direct;
}
