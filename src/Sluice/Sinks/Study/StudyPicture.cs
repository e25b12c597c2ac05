using Sluice.Proportions;
using Sluice.Proportions.Estimation;

namespace Sluice.Sinks.Study;

/// <summary>An effect-equivalence matrix as it is drawn: rows and columns each ordered by their own average-linkage clustering, as the paper's figure is.</summary>
internal sealed class StudyPicture
{
    /// <summary>Clusters a matrix.</summary>
    /// <param name="matrix">The coefficients.</param>
    /// <param name="estimate">What they were estimated from; null for a finished matrix.</param>
    public StudyPicture(CategoryMatrix matrix, EffectEstimate? estimate)
    {
        Matrix = matrix;
        Estimate = estimate;
        IReadOnlyList<string> names = matrix.Categories;
        RowTree = AverageLinkage.Cluster([.. names.Select(target => names.Select(trained => matrix[target, trained]).ToArray())]);
        ColumnTree = AverageLinkage.Cluster([.. names.Select(trained => names.Select(target => matrix[target, trained]).ToArray())]);
        Rows = AverageLinkage.Leaves(RowTree);
        Columns = AverageLinkage.Leaves(ColumnTree);
        double largest = names.SelectMany(target => names.Select(trained => Math.Abs(matrix[target, trained]))).Max();
        Scale = largest > 0 ? largest : 1;
    }

    /// <summary>The coefficients.</summary>
    public CategoryMatrix Matrix { get; }

    /// <summary>What they were estimated from; null for a finished matrix.</summary>
    public EffectEstimate? Estimate { get; }

    /// <summary>The clustering of the targets.</summary>
    public IReadOnlyList<ClusterMerge> RowTree { get; }

    /// <summary>The clustering of the trained categories.</summary>
    public IReadOnlyList<ClusterMerge> ColumnTree { get; }

    /// <summary>Indices of the targets, from top to bottom.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Indices of the trained categories, from left to right.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>The absolute value that has the full colour, either way.</summary>
    public double Scale { get; }

    /// <summary>Whether there is no coefficient for a pair.</summary>
    public bool IsUndefined(int target, int trained) => Estimate?[trained, target].IsUndefined ?? false;

    /// <summary>Whether a pair's coefficient was beyond the limit.</summary>
    public bool IsClipped(int target, int trained) => Estimate?[trained, target].IsClipped ?? false;

    /// <summary>A pair in words.</summary>
    public string Words(int target, int trained)
    {
        string pair = $"trained {Matrix.Categories[trained]} → target {Matrix.Categories[target]}: ";
        if (Estimate?[trained, target] is not { } cell)
        {
            return pair + Report.Figures.Number(Matrix[Matrix.Categories[target], Matrix.Categories[trained]]);
        }

        return pair + (cell.IsUndefined
            ? $"undefined, since training {Matrix.Categories[target]} itself moved its score too little on all {Report.Figures.Count(cell.Slices, "slice")}"
            : $"{Report.Figures.Number(cell.Gamma)}{(cell.IsClipped ? $" (clipped from {Report.Figures.Number(cell.Mean)})" : "")}, variance {Report.Figures.Number(cell.Variance)} over {cell.Used} of {Report.Figures.Count(cell.Slices, "slice")}");
    }
}
