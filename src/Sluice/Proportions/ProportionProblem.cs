namespace Sluice.Proportions;

/// <summary>What EE-CPO (Zhao et al., arXiv 2409.07045, section on effect-equivalence-based category proportion optimisation) is asked: which share of the result each category should have.</summary>
internal sealed class ProportionProblem
{
    /// <summary>The categories, distinct. Those of the matrix that the rows lack may be among them, with importance 0 and no rows.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>
    /// Importance alpha of each category, 0 or more, brought to a sum of 1. By convention the shares of the rows that came in. <see cref="Shift"/> and
    /// <see cref="MaxChange"/> are measured from it.
    /// </summary>
    public required IReadOnlyList<double> Importance { get; init; }

    /// <summary>The effect-equivalence matrix: row = target, column = trained.</summary>
    public required CategoryMatrix Matrix { get; init; }

    /// <summary>Rows the result is to have; at least 1. Turns <see cref="Available"/> into shares.</summary>
    public required int Count { get; init; }

    /// <summary>Rows of each category that the result could hold; empty (the default) for no limit. Left empty where there are <see cref="Cells"/>.</summary>
    public IReadOnlyList<int> Available { get; init; } = [];

    /// <summary>Rows of each category that came in; empty (the default) to take the importance for the present mix. Left empty where there are <see cref="Cells"/>.</summary>
    public IReadOnlyList<int> Incoming { get; init; } = [];

    /// <summary>Further axes that groups name, such as source or script; none by default.</summary>
    public IReadOnlyList<string> Axes { get; init; } = [];

    /// <summary>The combinations of category and values on <see cref="Axes"/> that have rows; empty (the default) when there are no axes.</summary>
    public IReadOnlyList<ProportionCell> Cells { get; init; } = [];

    /// <summary>Largest total variation <c>sum|w - alpha| / 2</c>, 0 to 1; null (the default) for no limit. The paper's code moves 0.03.</summary>
    public double? Shift { get; init; }

    /// <summary>Largest change of one category's share, 0 to 1; null (the default) for no limit.</summary>
    public double? MaxChange { get; init; }

    /// <summary>Largest change of one category's share as a part of itself, 0 or more (0.2: by a fifth); null (the default) for no limit.</summary>
    public double? MaxRelativeChange { get; init; }

    /// <summary>Limits of single shares.</summary>
    public IReadOnlyDictionary<string, ShareRange> Bounds { get; init; } = new Dictionary<string, ShareRange>();

    /// <summary>Limits of single shares as multiples of their importance.</summary>
    public IReadOnlyDictionary<string, ShareRange> RelativeBounds { get; init; } = new Dictionary<string, ShareRange>();

    /// <summary>Fewest rows of a category in a result of <see cref="Count"/>.</summary>
    public IReadOnlyDictionary<string, int> MinCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>Most rows of a category in a result of <see cref="Count"/>.</summary>
    public IReadOnlyDictionary<string, int> MaxCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>Limits of sums of shares.</summary>
    public IReadOnlyList<CategoryGroup> Groups { get; init; } = [];

    /// <summary>What to do with a category the matrix does not hold; refuse by default.</summary>
    public UnknownCategory Unknown { get; init; }
}
