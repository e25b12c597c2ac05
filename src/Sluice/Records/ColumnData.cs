namespace Sluice.Records;

/// <summary>The values of one column over consecutive rows.</summary>
public abstract record ColumnData
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }
}
