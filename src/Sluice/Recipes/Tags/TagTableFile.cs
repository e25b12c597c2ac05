using System.Text;
using Sluice.Pool.Disk;
using Sluice.Proportions;
using Sluice.Selection.Tagging;

namespace Sluice.Recipes.Tags;

/// <summary>The table of what became of each tag, as a file that people read and mend.</summary>
internal static class TagTableFile
{
    private const string TagHeader = "tag";
    private const string AtomicHeader = "atomic";

    /// <summary>Writes the table, whole or not at all: atomic tags of most rows first, the tags that became one of them beneath each other, those left out at the end.</summary>
    public static void Write(string path, IReadOnlyList<TagEntry> entries)
    {
        Dictionary<string, long> weight = entries.GroupBy(e => e.Atomic, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(e => (long)e.Rows), StringComparer.Ordinal);
        StringBuilder text = new();
        text.Append("# What became of each tag. Mend the column atomic (empty: left out) and run again: a table that is there is used as it is. Delete it to have it made again.\n");
        text.Append($"{TagHeader},{AtomicHeader},rows,stage\n");
        foreach (TagEntry entry in entries
            .OrderBy(e => e.Atomic.Length == 0)
            .ThenByDescending(e => weight[e.Atomic])
            .ThenBy(e => e.Atomic, StringComparer.Ordinal)
            .ThenByDescending(e => e.Rows)
            .ThenBy(e => e.Tag, StringComparer.Ordinal))
        {
            string stage = entry.Change == TagChange.None ? "" : entry.Change.ToString().ToLowerInvariant();
            text.Append(Field(entry.Tag)).Append(',').Append(Field(entry.Atomic)).Append(',').Append(entry.Rows).Append(',').Append(stage).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PoolDisk.Plain.WriteAllText(path, text.ToString(), "state");
    }

    /// <summary>
    /// The atomic tag of each tag; empty where it is left out. Throws <see cref="InvalidDataException"/> when a column is missing, a line is short or a tag stands twice, and
    /// <see cref="IOException"/> when the file cannot be read.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        string[] header = table.Lines[0].Fields;
        int tag = Column(header, TagHeader, path);
        int atomic = Column(header, AtomicHeader, path);
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (CsvLine line in table.Lines.Skip(1))
        {
            if (line.Fields.Length <= Math.Max(tag, atomic))
            {
                throw new InvalidDataException($"{path}, line {line.Number}: found {line.Fields.Length} fields, expected {header.Length} as in the header. Quote fields that hold commas.");
            }

            string name = TagRules.Tidy(line.Fields[tag]);
            if (!lines.TryAdd(name, line.Number))
            {
                throw new InvalidDataException($"{path}, line {line.Number}: the tag '{name}' stands in line {lines[name]} already. Leave one of them out.");
            }

            read[name] = TagRules.Tidy(line.Fields[atomic]);
        }

        return read;
    }

    private static int Column(string[] header, string name, string path)
    {
        int column = Array.FindIndex(header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0 ? column : throw new InvalidDataException($"{path}: found the columns {string.Join(", ", header)}, expected {TagHeader} and {AtomicHeader}.");
    }

    private static string Field(string text) => text.AsSpan().IndexOfAny(",\"#") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
