namespace Sluice.DuckDb.Tables;

/// <summary>Tells the kind of a table file by its name.</summary>
internal static class TableKinds
{
    /// <summary>The kind of <paramref name="path"/>; throws <see cref="ArgumentException"/> for an ending that stands for none.</summary>
    public static TableKind Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PARQUET" => TableKind.Parquet,
        ".JSONL" => TableKind.JsonLines,
        ".CSV" => TableKind.Csv,
        string ending => throw new ArgumentException($"Found the ending '{ending}' in '{path}', expected .parquet, .jsonl or .csv.", nameof(path)),
    };
}
