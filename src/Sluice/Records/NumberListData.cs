namespace Sluice.Records;

/// <summary>A list of numbers a row, such as one score a turn. Null stands for an absent value.</summary>
/// <param name="Values">One list a row.</param>
public sealed record NumberListData(double[]?[] Values) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}
