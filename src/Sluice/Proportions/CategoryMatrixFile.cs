namespace Sluice.Proportions;

/// <summary>The CSV form of a <see cref="CategoryMatrix"/>.</summary>
internal static class CategoryMatrixFile
{
    /// <summary>Reads the matrix. Throws <see cref="InvalidDataException"/> with the place of the first mistake.</summary>
    public static CategoryMatrix Parse(CsvTable table)
    {
        string[] header = table.Lines[0].Fields;
        CsvLine[] lines = [.. table.Lines.Skip(1)];
        bool named = !(lines.Length == header.Length && lines.All(line => line.Fields.Length == header.Length && CsvLine.TryNumber(line.Fields[0], out _)));
        string[] trained = named ? header[1..] : header;
        int skip = named ? 1 : 0;
        CheckNames(table.File, table.Lines[0].Number, "column", trained);
        foreach (CsvLine line in lines.Where(line => line.Fields.Length != header.Length))
        {
            throw new InvalidDataException($"{table.File}, line {line.Number}: found {line.Fields.Length} fields, expected {header.Length} as in the header.");
        }

        string[] targets = named ? [.. lines.Select(line => line.Fields[0])] : trained;
        CheckNames(table.File, lines.Length > 0 ? lines[0].Number : 1, "row", targets);
        CheckSame(table.File, targets, trained);
        double[,] values = new double[targets.Length, targets.Length];
        Dictionary<string, int> place = targets.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        for (int i = 0; i < targets.Length; i++)
        {
            for (int j = 0; j < trained.Length; j++)
            {
                values[i, place[trained[j]]] = lines[i].NumberAt(j + skip, table.File, trained[j]);
            }
        }

        return new CategoryMatrix(table.File, targets, values);
    }

    private static void CheckNames(string file, int line, string kind, string[] names)
    {
        if (names.Length == 0)
        {
            throw new InvalidDataException($"{file}, line {line}: found no category, expected at least one {kind}.");
        }

        if (Array.FindIndex(names, string.IsNullOrEmpty) is int blank and >= 0)
        {
            throw new InvalidDataException($"{file}, line {line}: {kind} {blank + 1} has no name, expected a category.");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new InvalidDataException($"{file}, line {line}: found the {kind} '{repeated.Key}' {repeated.Count()} times, expected each category once.");
        }
    }

    private static void CheckSame(string file, string[] targets, string[] trained)
    {
        string[] noColumn = [.. targets.Except(trained, StringComparer.Ordinal)];
        string[] noRow = [.. trained.Except(targets, StringComparer.Ordinal)];
        if (noColumn.Length + noRow.Length > 0)
        {
            throw new InvalidDataException(
                $"{file}: rows and columns must hold the same categories. Found without a column: {List(noColumn)}; without a row: {List(noRow)}.");
        }
    }

    private static string List(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names.Select(name => $"'{name}'"));
}
