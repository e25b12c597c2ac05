using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>What must hold of columns that are written together.</summary>
internal static class ColumnRules
{
    /// <summary>Throws <see cref="ArgumentException"/> unless there is a column, all have the same length and no two the same name.</summary>
    public static void Check(string path, IReadOnlyList<NamedColumn> columns)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException($"Found no columns to write to '{path}', expected at least one.", nameof(columns));
        }

        // The library tells names apart without regard to case.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (NamedColumn column in columns)
        {
            if (column.Data.Count != columns[0].Data.Count)
            {
                throw new ArgumentException(
                    $"Found {column.Data.Count} rows in column '{column.Name}' for '{path}', expected {columns[0].Data.Count} as in column '{columns[0].Name}'.", nameof(columns));
            }

            if (!names.Add(column.Name))
            {
                throw new ArgumentException($"Found two columns '{column.Name}' for '{path}', expected names that differ by more than case.", nameof(columns));
            }
        }
    }
}
