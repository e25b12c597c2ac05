namespace Sluice.Proportions.Estimation;

/// <summary>The effect-equivalence coefficients that a study measured.</summary>
internal sealed class EffectEstimate
{
    private readonly EffectCell[,] _cells;

    /// <summary>Makes an estimate.</summary>
    /// <param name="categories">The categories.</param>
    /// <param name="cells">A cell a pair: trained, then target.</param>
    /// <param name="selfGains">What training each category moved its own score by: a number a slice.</param>
    public EffectEstimate(IReadOnlyList<string> categories, EffectCell[,] cells, IReadOnlyList<double[]> selfGains)
    {
        Categories = categories;
        _cells = cells;
        SelfGains = selfGains;
    }

    /// <summary>The categories, in the order of the study.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>What training each category moved its own score by, a number a slice: the denominators.</summary>
    public IReadOnlyList<double[]> SelfGains { get; }

    /// <summary>All cells, a target at a time.</summary>
    public IEnumerable<EffectCell> Cells =>
        from target in Enumerable.Range(0, Categories.Count) from trained in Enumerable.Range(0, Categories.Count) select _cells[trained, target];

    /// <summary>The cell of a trained category (i) and a target (j): definition 1.3's gamma with the indices i, j.</summary>
    public EffectCell this[int trained, int target] => _cells[trained, target];

    /// <summary>
    /// Categories whose own training moved their score, on average, the other way than it moved most others': the ratios of these targets then say the opposite of what they seem
    /// to. Empty where no way has the majority.
    /// </summary>
    public IReadOnlyList<string> AgainstTheOthers()
    {
        int[] ways = [.. SelfGains.Select(g => Math.Sign(g.Average()))];
        int majority = Math.Sign(ways.Sum());
        return majority == 0 ? [] : [.. Categories.Where((_, j) => ways[j] == -majority)];
    }

    /// <summary>The matrix as the linear programme reads it: row = target, column = trained, the transpose of the definition's indices.</summary>
    public CategoryMatrix ToMatrix(string name)
    {
        double[,] values = new double[Categories.Count, Categories.Count];
        foreach (EffectCell cell in Cells)
        {
            values[cell.Target, cell.Trained] = cell.Gamma;
        }

        return new CategoryMatrix(name, Categories, values);
    }
}
