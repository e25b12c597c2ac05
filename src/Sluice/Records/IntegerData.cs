namespace Sluice.Records;

/// <summary>Whole numbers. <see cref="Missing"/> stands for an absent value (NULL in files).</summary>
/// <param name="Values">One a row.</param>
public sealed record IntegerData(long[] Values) : ColumnData
{
    /// <summary>The value that stands for "absent".</summary>
    public const long Missing = long.MinValue;

    /// <inheritdoc/>
    public override int Count => Values.Length;
}
