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
}
