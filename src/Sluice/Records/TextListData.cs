namespace Sluice.Records;

/// <summary>A list of texts a row, such as tags. Null stands for an absent value.</summary>
/// <param name="Values">One list a row.</param>
public sealed record TextListData(string[]?[] Values) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}
