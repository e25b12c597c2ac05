using System.Globalization;
using System.Text.Json;
using Sluice.Parsing.Json;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Parsing;

/// <summary>Reads the fields that the user's mapping names. A name with dots is first looked for as it stands, then taken for a path; a number reaches into a list.</summary>
internal static class MappedRow
{
    /// <summary>Makes the turns. Returns null, or the reason why the row is refused. When it is no JSON, the reader is broken and the reason of no meaning.</summary>
    public static string? Read(
        ref JsonCursor reader, ReadOnlyMemory<byte> row, FieldMapping mapping, SampleArena arena, out ArraySegment<Turn> turns, out Utf8Text instruction)
    {
        (turns, instruction) = (default, default);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ParseReasons.NoObject(reader.TokenType);
        }

        JsonCursor start = reader;
        reader.Skip();
        reader.Read();
        if (reader.IsBroken)
        {
            return ParseReasons.Broken;
        }

        FieldValue question = default, input = default, output = default;
        string? reason = Find(start, mapping.System, out FieldValue system)
            ?? Find(start, mapping.Instruction, out question) ?? Find(start, mapping.Input, out input) ?? Find(start, mapping.Output, out output);
        return reason ?? new Exchange { Row = row, Arena = arena, Expected = "the fields that Mapping names" }.Read(
            new NamedField(mapping.System, in system), new NamedField(mapping.Instruction, in question),
            new NamedField(mapping.Input, in input), new NamedField(mapping.Output, in output), out turns, out instruction);
    }

    private static string? Find(JsonCursor start, string path, out FieldValue value)
    {
        value = default;
        return path.Length == 0 || FindIn(start, path, out value) ? null : ParseReasons.Twice(path);
    }

    // Returns false when a name on the way stands twice.
    private static bool FindIn(JsonCursor reader, string path, out FieldValue value)
    {
        value = default;
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        string head = dot < 0 ? path : path[..dot];
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => FindInObject(reader, path, head, dot, out value),
            JsonTokenType.StartArray => FindInList(reader, path, head, dot, out value),
            _ => true,
        };
    }

    private static bool FindInObject(JsonCursor reader, string path, string head, int dot, out FieldValue value)
    {
        JsonCursor inner = default;
        int whole = 0, parts = 0;
        value = default;
        while (reader.ReadMember())
        {
            bool isWhole = FieldNames.IsNamed(ref reader, path);
            bool isPart = dot >= 0 && FieldNames.IsNamed(ref reader, head);
            if (isWhole)
            {
                (value, whole) = (FieldValue.At(ref reader), whole + 1);
            }
            else if (isPart)
            {
                inner = reader;
                parts++;
            }

            reader.Skip();
        }

        if (whole > 0 || parts == 0)
        {
            return whole <= 1;
        }

        return parts == 1 && FindIn(inner, path[(dot + 1)..], out value);
    }

    private static bool FindInList(JsonCursor reader, string path, string head, int dot, out FieldValue value)
    {
        value = default;
        if (!int.TryParse(head, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted))
        {
            return true;
        }

        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == wanted)
            {
                value = dot < 0 ? FieldValue.At(ref reader) : default;
                return dot < 0 || FindIn(reader, path[(dot + 1)..], out value);
            }

            reader.Skip();
        }

        return true;
    }
}
