using Sluice.Records;
using Sluice.Selection;
using Sluice.Selection.ScoreFirst;

namespace Sluice.Recipes.Steps;

/// <summary>Runs <see cref="SimilarityFilter"/> over rows of the pool, whose vectors are read a slab at a time and no further than needed.</summary>
internal static class SimilarityScan
{
    /// <summary>Filters the rows in the given order.</summary>
    public static FilterResult Run(StepContext context, string step, string column, long[] rows, FilterOptions options, CancellationToken token) => SimilarityFilter.Run(
        rows.Length,
        (from, to) =>
        {
            VectorData vectors = context.Vectors(column, rows[from..to]);
            return new MatrixRows(vectors.Values, vectors.Width);
        },
        options,
        seen => context.Progress($"{step}, {seen:N0} of {rows.Length:N0} looked at", (double)seen / rows.Length),
        token);
}
