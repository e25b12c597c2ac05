using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Curriculum;
using Sluice.Pool;
using Sluice.Records;

namespace Sluice.Runs.Study;

/// <summary>Which pool rows a study may draw, by category, and which it draws.</summary>
internal sealed class StudyRows
{
    private const int MaxErrors = 20;
    private readonly SortedDictionary<string, List<long>> _rows = new(StringComparer.Ordinal);

    private StudyRows()
    {
    }

    /// <summary>Rows with a category that repeat no earlier row.</summary>
    public int Count { get; private set; }

    /// <summary>The categories, by name.</summary>
    public IReadOnlyCollection<string> Categories => _rows.Keys;

    /// <summary>Reads the pool's categories. Throws <see cref="InvalidDataException"/> when the column is absent or holds no texts.</summary>
    public static StudyRows Read(PoolReader pool, string column)
    {
        string?[] categories = pool.Column(column) switch
        {
            TextData texts => texts.Values,
            IntegerData numbers => Array.ConvertAll(numbers.Values, static v => v == IntegerData.Missing ? null : v.ToString(CultureInfo.InvariantCulture)),
            _ => throw new InvalidDataException($"Column '{column}' holds no texts, expected one category a row. Name another with --column."),
        };
        long[]? duplicateOf = pool.Has(PoolColumns.DuplicateOf) ? ((IntegerData)pool.Column(PoolColumns.DuplicateOf)).Values : null;
        StudyRows rows = new();
        for (int row = 0; row < categories.Length; row++)
        {
            if (categories[row] is { } category && (duplicateOf is null || duplicateOf[row] == IntegerData.Missing))
            {
                if (!rows._rows.TryGetValue(category, out List<long>? list))
                {
                    rows._rows[category] = list = [];
                }

                list.Add(row);
                rows.Count++;
            }
        }

        return rows;
    }

    /// <summary>Draws the base rows, ascending: each row that may be drawn is as likely as every other.</summary>
    public IReadOnlyList<long> DrawBase(int count, int seed) => Draw([.. _rows.Values.SelectMany(r => r).Order()], count, seed, "");

    /// <summary>
    /// Draws rows of a category that are not among the base rows, ascending; all of them where there are fewer. The draw depends on the seed, the category's name and its rows alone,
    /// so other categories come and go without changing it.
    /// </summary>
    public IReadOnlyList<long> DrawCategory(string category, int count, int seed, IReadOnlySet<long> without) =>
        Draw([.. _rows[category].Where(r => !without.Contains(r))], count, seed, category);

    /// <summary>Reads the <c>row</c> of each line of a selection, in its order. Adds every line that cannot be used to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<long> ReadSelection(string path, long poolRows, List<ConfigurationError> errors)
    {
        Dictionary<long, int> lines = [];
        List<string> faults = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            long? row = RowOf(line);
            string? fault = row is null ? "found no whole number under 'row', expected a line of selection.jsonl"
                : row < 0 || row >= poolRows ? $"found row {row}, expected 0 to {poolRows - 1} as in the pool"
                : lines.TryAdd(row.Value, number) ? null
                : $"found row {row} again, first on line {lines[row.Value]}; expected each row once";
            if (fault is not null)
            {
                faults.Add($"line {number}: {fault}");
            }
        }

        errors.AddRange(faults.Take(MaxErrors).Select(f => new ConfigurationError("--base-rows", $"{path}, {f}.")));
        if (faults.Count > MaxErrors)
        {
            errors.Add(new("--base-rows", $"{path}: {faults.Count - MaxErrors} more lines cannot be used."));
        }

        if (number == 0 || (lines.Count == 0 && faults.Count == 0))
        {
            errors.Add(new("--base-rows", $"{path} holds no line, expected one a base row."));
        }

        return [.. lines.OrderBy(l => l.Value).Select(l => l.Key)];
    }

    private static long[] Draw(long[] rows, int count, int seed, string purpose)
    {
        ulong name = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)));
        new SeededShuffle(SeededShuffle.Mix((ulong)seed) ^ name).Apply<long>(rows);
        long[] drawn = rows[..Math.Min(count, rows.Length)];
        Array.Sort(drawn);
        return drawn;
    }

    private static long? RowOf(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("row", out JsonElement row)
                && row.ValueKind == JsonValueKind.Number && row.TryGetInt64(out long value) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
