namespace Sluice.Records;

/// <summary>Texts. Null stands for an absent value.</summary>
/// <param name="Values">One a row.</param>
public sealed record TextData(string?[] Values) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}
