namespace Sluice.DuckDb.Tables;

/// <summary>Where a column is, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Column">The column's name in it.</param>
internal sealed record ColumnPlace(string File, string Column)
{
    /// <summary>The exception for a value or type that cannot be read.</summary>
    public InvalidDataException Fault(string found, string expected) => new($"Found {found} in column '{Column}' of '{File}', expected {expected}.");
}
