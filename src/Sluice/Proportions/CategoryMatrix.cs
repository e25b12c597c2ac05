namespace Sluice.Proportions;

/// <summary>
/// Effect-equivalence coefficients (Zhao et al., arXiv 2409.07045): one unit of instructions of the <i>trained</i> category is worth this many units of the <i>target</i>
/// category, measured on the target's own evaluation. Addressed by name, never by position.
/// </summary>
internal sealed class CategoryMatrix
{
    private readonly Dictionary<string, int> _index;
    private readonly double[,] _values;

    /// <summary>Makes a matrix. Throws <see cref="ArgumentException"/> when the sizes differ or a name is repeated.</summary>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <param name="categories">Names, in order.</param>
    /// <param name="values">Coefficients: row = target, column = trained, both in that order.</param>
    public CategoryMatrix(string name, IReadOnlyList<string> categories, double[,] values)
    {
        if (values.GetLength(0) != categories.Count || values.GetLength(1) != categories.Count)
        {
            throw new ArgumentException($"Found {values.GetLength(0)} x {values.GetLength(1)} coefficients, expected {categories.Count} a side.", nameof(values));
        }

        Name = name;
        Categories = categories;
        _values = values;
        _index = categories.Select((category, i) => (category, i)).ToDictionary(pair => pair.category, pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>Where it comes from, for messages.</summary>
    public string Name { get; }

    /// <summary>The categories, in the order of the rows.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The coefficient. Throws <see cref="KeyNotFoundException"/> for a category it does not hold.</summary>
    public double this[string target, string trained] => _values[_index[target], _index[trained]];

    /// <summary>
    /// Reads a CSV file: a header of trained categories, then a line a target category, its name first (or no names at all: then the lines stand in the order of the
    /// header). Throws <see cref="InvalidDataException"/> naming file, line, what was found and what was expected.
    /// </summary>
    public static CategoryMatrix Read(string path) => CategoryMatrixFile.Parse(CsvTable.Read(path));

    /// <summary>Target and trained exchanged.</summary>
    public CategoryMatrix Transposed()
    {
        int size = Categories.Count;
        double[,] values = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                values[j, i] = _values[i, j];
            }
        }

        return new CategoryMatrix($"{Name} (transposed)", Categories, values);
    }

    /// <summary>The matrix's categories in their order, then the others, each once, sorted.</summary>
    public IReadOnlyList<string> Union(IEnumerable<string> others) =>
        [.. Categories, .. others.Where(category => !_index.ContainsKey(category)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Coefficients in the order of <paramref name="categories"/>. Throws <see cref="InvalidDataException"/> listing all categories it does not hold, unless told to
    /// take them as independent.
    /// </summary>
    public double[,] Align(IReadOnlyList<string> categories, UnknownCategory unknown)
    {
        string[] missing = [.. categories.Where(category => !_index.ContainsKey(category))];
        if (missing.Length > 0 && unknown == UnknownCategory.Refuse)
        {
            throw new InvalidDataException(
                $"The matrix {Name} does not hold {missing.Length} of the rows' categories: {Quoted(missing)}. It holds {Quoted(Categories)}. " +
                "Add a line and a column for each, rename the categories, or take unknown ones as independent.");
        }

        double[,] aligned = new double[categories.Count, categories.Count];
        for (int i = 0; i < categories.Count; i++)
        {
            for (int j = 0; j < categories.Count; j++)
            {
                aligned[i, j] = _index.TryGetValue(categories[i], out int target) && _index.TryGetValue(categories[j], out int trained)
                    ? _values[target, trained]
                    : i == j ? 1 : 0;
            }
        }

        return aligned;
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
