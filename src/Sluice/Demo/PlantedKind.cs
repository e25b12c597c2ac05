namespace Sluice.Demo;

/// <summary>What is wrong with a row on purpose.</summary>
internal enum PlantedKind
{
    /// <summary>Nothing: a sound row.</summary>
    None,

    /// <summary>Repeats an earlier row, but for case and white space.</summary>
    ExactDuplicate,

    /// <summary>Repeats an earlier row but for a few words; the Jaccard index of the word 5-grams is over 0.85.</summary>
    NearDuplicate,

    /// <summary>A sound task with a poor answer.</summary>
    Poor,

    /// <summary>Not a usable row at all.</summary>
    Broken,
}
