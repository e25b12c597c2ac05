namespace Sluice.Records;

/// <summary>One vector a row: a row-major matrix. A row of NaN stands for an absent value.</summary>
/// <param name="Values">Count x Width numbers, row after row.</param>
/// <param name="Width">Numbers a row, at least 1.</param>
public sealed record VectorData(float[] Values, int Width) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Values.Length / Width;
}
