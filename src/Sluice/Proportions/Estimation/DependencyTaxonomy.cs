namespace Sluice.Proportions.Estimation;

/// <summary>Which categories others build upon, as a graph without circles and the three groups that follow from it.</summary>
internal sealed class DependencyTaxonomy
{
    /// <summary>The categories, in the matrix's order.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The least coefficient of an edge.</summary>
    public required double Threshold { get; init; }

    /// <summary>The graph's edges, strongest first.</summary>
    public required IReadOnlyList<TaxonomyEdge> Edges { get; init; }

    /// <summary>The circles that were found, in the order they were broken.</summary>
    public required IReadOnlyList<TaxonomyCycle> Cycles { get; init; }

    /// <summary>Categories that only give.</summary>
    public required IReadOnlyList<string> Base { get; init; }

    /// <summary>Categories that give and receive, or neither.</summary>
    public required IReadOnlyList<string> Intermediate { get; init; }

    /// <summary>Categories that only receive.</summary>
    public required IReadOnlyList<string> Dependent { get; init; }

    /// <summary>All categories so that each comes after those that help it; the lowest in the matrix's order first where several may.</summary>
    public required IReadOnlyList<string> Order { get; init; }
}
