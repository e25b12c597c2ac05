using System.Globalization;

namespace Sluice.Proportions;

/// <summary>One line of a <see cref="CsvTable"/>.</summary>
/// <param name="Number">1-based line number in the file.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record CsvLine(int Number, string[] Fields)
{
    /// <summary>A field as a number. Throws <see cref="InvalidDataException"/> naming the place when it is none, or not finite.</summary>
    public double NumberAt(int field, string file, string column) =>
        TryNumber(Fields[field], out double value)
            ? value
            : throw new InvalidDataException($"{file}, line {Number}, column '{column}': found '{Fields[field]}', expected a finite number with a decimal point.");

    /// <summary>Reads a finite number with a decimal point.</summary>
    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
