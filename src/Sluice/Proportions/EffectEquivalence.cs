namespace Sluice.Proportions;

/// <summary>The effect-equivalence matrix that ships with the program.</summary>
internal static class EffectEquivalence
{
    private const string Resource = "Sluice.Proportions.effect_equivalence_qwen.csv";

    /// <summary>
    /// 28 categories on Qwen-1.5-7B: our reading of a figure of Zhao et al., "Beyond IID", arXiv 2409.07045 (see Data/README.md for its errors). Row = target, column = trained.
    /// </summary>
    public static CategoryMatrix Qwen()
    {
        using Stream stream = typeof(EffectEquivalence).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the program. This is a bug.");
        using StreamReader reader = new(stream);
        return CategoryMatrixFile.Parse(CsvTable.Read(reader, "effect_equivalence_qwen.csv"));
    }
}
