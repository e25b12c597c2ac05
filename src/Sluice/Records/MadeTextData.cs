namespace Sluice.Records;

/// <summary>Texts that are made when they are asked for, for columns that are only written: a million of them in memory at once say no more than what they are made of.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Text">Makes the text of a row; null stands for an absent value. Called once a row and in order.</param>
public sealed record MadeTextData(int Rows, Func<int, string?> Text) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Rows;
}
