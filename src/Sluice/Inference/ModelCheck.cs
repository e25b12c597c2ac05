using System.Globalization;
using Sluice.Inference.Manifests;

namespace Sluice.Inference;

/// <summary>What came of running a manifest's example.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Found">What the model gives here, all of its numbers; empty when there is no example.</param>
/// <param name="Expected">The first numbers as the manifest has them.</param>
/// <param name="MaxDifference">Largest absolute difference.</param>
/// <param name="Tolerance">Largest difference allowed.</param>
internal sealed record ModelCheck(string Model, IReadOnlyList<float> Found, IReadOnlyList<float> Expected, double MaxDifference, double Tolerance)
{
    /// <summary>Whether the manifest has an example at all.</summary>
    public bool HasExample => Expected.Count > 0;

    /// <summary>Whether the example came out as expected; false without an example.</summary>
    public bool Passed => HasExample && MaxDifference <= Tolerance;

    /// <summary>The outcome as a sentence: when it did not pass with place, what was found, what was expected, and the remedy.</summary>
    public string Describe(ModelManifest manifest)
    {
        if (!HasExample)
        {
            return $"Found no 'example' in {manifest.Path}, expected one: a text with the first numbers the model gives for it where it was made. The model loads and runs; whether it says what it should is not known.";
        }

        if (Passed)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the example differs by {MaxDifference:0.######} at most, allowed are {Tolerance:0.######}");
        }

        if (Found.Count < Expected.Count)
        {
            return $"Found {Found.Count} numbers for the example, expected {Expected.Count} as under 'example.expected' in {manifest.Path}. Leave out those that the model does not give.";
        }

        int worst = Enumerable.Range(0, Expected.Count).MaxBy(i => Math.Abs((double)Found[i] - Expected[i]));
        string label = worst < manifest.Labels.Count ? $" (label '{manifest.Labels[worst]}')" : "";
        int off = Enumerable.Range(0, Expected.Count).Count(i => !(Math.Abs((double)Found[i] - Expected[i]) <= Tolerance));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Found {Found[worst]:0.######} at position {worst}{label} for the example, expected {Expected[worst]:0.######} within {Tolerance:0.######} as under 'example.expected' in {manifest.Path}; {off} of {Expected.Count} numbers are off. Graph, tokenizer, 'text', 'maxTokens' or 'pooling' is not what the example was made with: restore it, or write the numbers found if the change is meant.");
    }
}
