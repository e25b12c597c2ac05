using System.Globalization;

namespace Sluice.Proportions.Estimation;

/// <summary>Writes square tables of numbers over categories as CSV, in the form that <see cref="CategoryMatrix.Read"/> takes: row = target, column = trained.</summary>
internal static class CategoryMatrixWriter
{
    /// <summary>Writes one table; numbers come back bit for bit, and NaN is an empty field.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="categories">The categories.</param>
    /// <param name="value">The number of a target and a trained category, by index.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string> categories, Func<int, int, double> value)
    {
        writer.Write("target");
        foreach (string trained in categories)
        {
            writer.Write("," + Field(trained));
        }

        writer.Write('\n');
        for (int target = 0; target < categories.Count; target++)
        {
            writer.Write(Field(categories[target]));
            for (int trained = 0; trained < categories.Count; trained++)
            {
                writer.Write("," + Number(value(target, trained)));
            }

            writer.Write('\n');
        }
    }

    /// <summary>A number as a field: the shortest text that reads as the same number; empty for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A text as a field: always quoted, since <c>Humanities, History</c> holds a comma and a name may begin with <c>#</c>.</summary>
    public static string Field(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
