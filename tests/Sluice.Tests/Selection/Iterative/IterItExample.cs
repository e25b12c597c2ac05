namespace Sluice.Tests.Selection.Iterative;

/// <summary>The examples that were run through the reference, and random texts.</summary>
internal static class IterItExample
{
    public const string Suffix = "<|end_of_text|>";

    public static readonly string[] Texts =
        ["The cat sat on the mat.", "The cat sat on the mat again.", "Dogs run fast in the park.", "Paris is the capital of France.", "The capital of France is Paris.", "I do not know."];

    public static readonly double[] Scores = [.9, .85, .8, .7, .95, 1.2];

    public static readonly string[] TwoEpochTexts =
    [
        "alpha beta gamma delta", "alpha beta gamma epsilon", "zeta eta theta iota", "kappa lambda mu nu", "alpha beta gamma delta", "one two three four",
        "five six seven eight", "nine ten eleven twelve",
    ];

    public static readonly double[] TwoEpochScores = [.90, .88, .60, .70, .89, 1.10, .50, .40];

    /// <summary>Texts of 0 to 12 words from a few dozen, with repeats of whole texts.</summary>
    public static string[] RandomTexts(Random random, int count)
    {
        string[] texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = i > 0 && random.Next(8) == 0 ? texts[random.Next(i)] : string.Join(' ', Enumerable.Range(0, random.Next(13)).Select(_ => $"w{random.Next(6) * random.Next(6)}x"));
        }

        return texts;
    }
}
