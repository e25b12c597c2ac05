namespace Sluice.Pool;

/// <summary>The equation of the annotate half: <c>Read = Annotated + Duplicate + Rejected</c>.</summary>
/// <param name="Read">Rows read.</param>
/// <param name="Annotated">Rows that went through every stage.</param>
/// <param name="Duplicate">Rows that repeat an earlier one.</param>
/// <param name="Rejected">Rows refused, each with its reason.</param>
/// <param name="Exact">Of the duplicates, those equal in normalised content; the others are near ones.</param>
public readonly record struct RowCounts(long Read, long Annotated, long Duplicate, long Rejected, long Exact = 0)
{
    /// <summary>Whether every row has exactly one fate.</summary>
    public bool Holds => Read == Annotated + Duplicate + Rejected;

    /// <summary>The sum of two counts.</summary>
    public static RowCounts operator +(RowCounts a, RowCounts b) => Add(a, b);

    /// <summary>The sum of two counts.</summary>
    public static RowCounts Add(RowCounts left, RowCounts right) => new(
        left.Read + right.Read, left.Annotated + right.Annotated, left.Duplicate + right.Duplicate, left.Rejected + right.Rejected, left.Exact + right.Exact);
}
