namespace Sluice.Proportions;

/// <summary>Reads a CSV file of category importances: a header <c>category,alpha</c>, then a line a category.</summary>
internal static class ImportanceFile
{
    /// <summary>
    /// The importances as written (they are brought to a sum of 1 later). Throws <see cref="InvalidDataException"/> naming file, line, found and expected for a negative
    /// number, a repeated category or a missing column.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Read(string path) => Parse(CsvTable.Read(path));

    /// <summary>As <see cref="Read"/>, from a table.</summary>
    public static IReadOnlyDictionary<string, double> Parse(CsvTable table)
    {
        CsvLine header = table.Lines[0];
        int category = Column(table, header, "category");
        int alpha = Column(table, header, "alpha");
        Dictionary<string, double> importance = new(StringComparer.Ordinal);
        foreach (CsvLine line in table.Lines.Skip(1))
        {
            if (line.Fields.Length != header.Fields.Length)
            {
                throw new InvalidDataException($"{table.File}, line {line.Number}: found {line.Fields.Length} fields, expected {header.Fields.Length} as in the header.");
            }

            double value = line.NumberAt(alpha, table.File, "alpha");
            if (value < 0)
            {
                throw new InvalidDataException($"{table.File}, line {line.Number}: found alpha {line.Fields[alpha]}, expected 0 or more.");
            }

            if (!importance.TryAdd(line.Fields[category], value))
            {
                throw new InvalidDataException($"{table.File}, line {line.Number}: found the category '{line.Fields[category]}' again, expected each once.");
            }
        }

        return importance.Values.Sum() > 0
            ? importance
            : throw new InvalidDataException($"{table.File}: the importances add up to 0, expected at least one above 0.");
    }

    private static int Column(CsvTable table, CsvLine header, string name) =>
        Array.IndexOf(header.Fields, name) is int column and >= 0
            ? column
            : throw new InvalidDataException($"{table.File}, line {header.Number}: found the columns {string.Join(", ", header.Fields)}, expected 'category' and 'alpha'.");
}
