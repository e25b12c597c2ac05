namespace Sluice.Selection.FacilityLocation;

/// <summary>How well a chosen row stands for another.</summary>
internal enum FacilitySimilarity
{
    /// <summary><c>exp(-euclidean distance / width)</c>, as submodlib has it, and through it Superfiltering.</summary>
    Submodlib,

    /// <summary>Cosine similarity; below zero counts as nothing. A vector of zeros resembles nothing.</summary>
    Cosine,
}
