namespace Sluice.DuckDb.Rows.Pages;

/// <summary>How deep the values of a column can lie.</summary>
/// <param name="Definition">Optional and repeated nodes on the way to it.</param>
/// <param name="Repetition">Repeated ones; 0 for a column without lists.</param>
internal readonly record struct ColumnLevels(int Definition, int Repetition)
{
    /// <summary>Bits that hold a level.</summary>
    public static int Width(int most) => 32 - int.LeadingZeroCount(most);
}
