namespace Sluice.Selection.Iterative;

/// <summary>What one update of the order chooses, and how.</summary>
internal sealed record IterativeOptions
{
    /// <summary>Rows to pick, K; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Whether the variety of the texts counts beside the score; else the score alone.</summary>
    public bool Diversity { get; init; } = true;

    /// <summary>What is left of the weight of an n-gram that was chosen, 0 to 1. Default 0.1.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>Put behind every text: the end-of-text token's text, which the reference weighs as a word of each. Default none.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whether scores are rounded to bfloat16 first, as the reference keeps them. Default false.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Threads at work; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
