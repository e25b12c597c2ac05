using System.Text;

namespace Sluice.Proportions;

/// <summary>A small comma-separated file: quoted fields (<c>"</c> doubled inside) may hold commas; fields are trimmed; blank lines and lines that begin with <c>#</c> are left out.</summary>
/// <param name="File">Name for messages.</param>
/// <param name="Lines">The lines that hold fields, with their 1-based number.</param>
internal sealed record CsvTable(string File, IReadOnlyList<CsvLine> Lines)
{
    /// <summary>Reads a file. Throws <see cref="IOException"/> when it cannot be opened, <see cref="InvalidDataException"/> when a quote is not closed.</summary>
    public static CsvTable Read(string path)
    {
        using StreamReader reader = new(path);
        return Read(reader, path);
    }

    /// <summary>Reads text; <paramref name="file"/> is its name in messages.</summary>
    public static CsvTable Read(TextReader reader, string file)
    {
        List<CsvLine> lines = [];
        int number = 0;
        while (reader.ReadLine() is string line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('#'))
            {
                lines.Add(new CsvLine(number, Fields(line, file, number)));
            }
        }

        return lines.Count > 0 ? new CsvTable(file, lines) : throw new InvalidDataException($"{file} is empty, expected a header line and a line a category.");
    }

    private static string[] Fields(string line, string file, int number)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    i++;
                    _ = field.Append('"');
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                _ = field.Clear();
            }
            else
            {
                _ = field.Append(line[i]);
            }
        }

        if (quoted)
        {
            throw new InvalidDataException($"{file}, line {number}: a quote is opened and not closed.");
        }

        fields.Add(field.ToString().Trim());
        return [.. fields];
    }
}
