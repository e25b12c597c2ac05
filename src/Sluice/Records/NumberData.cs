namespace Sluice.Records;

/// <summary>Numbers. NaN stands for an absent value (NULL in files).</summary>
/// <param name="Values">One a row.</param>
public sealed record NumberData(double[] Values) : ColumnData
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}
