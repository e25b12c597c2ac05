using Sluice.DuckDb.Rows;
using Sluice.Records;

namespace Sluice.DuckDb.Tables;

/// <summary>Writes columns as JSON Lines: without the library, which would write NaN and Infinity, which are no JSON.</summary>
internal static class JsonLinesWriter
{
    private const int FlushBytes = 1 << 20;

    public static void Write(string path, IReadOnlyList<NamedColumn> columns)
    {
        byte[][] keys = [.. columns.Select((column, i) => JsonNode.Key(column.Name, first: i == 0))];
        JsonBuffer json = new(FlushBytes + (FlushBytes / 8));
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        int rows = columns[0].Data.Count;
        for (int row = 0; row < rows; row++)
        {
            json.Raw((byte)'{');
            for (int i = 0; i < keys.Length; i++)
            {
                json.Raw(keys[i]);
                Value(json, columns[i].Data, row);
            }

            json.Raw("}\n"u8);
            if (json.Length >= FlushBytes)
            {
                file.Write(json.Written.Span);
                json.Clear();
            }
        }

        file.Write(json.Written.Span);
    }

    private static void Value(JsonBuffer json, ColumnData data, int row)
    {
        switch (data)
        {
            case IntegerData { Values: var values } when values[row] != IntegerData.Missing:
                json.Number(values[row]);
                break;
            case NumberData { Values: var values }:
                json.Fraction(values[row]);
                break;
            case TextData { Values: var values } when values[row] is { } text:
                json.Text(text);
                break;
            case MadeTextData texts when texts.Text(row) is { } text:
                json.Text(text);
                break;
            case NumberListData { Values: var values } when values[row] is { } list:
                List(json, list, static (json, number) => json.Fraction(number));
                break;
            case TextListData { Values: var values } when values[row] is { } list:
                List(json, list, static (json, text) => json.Text(text));
                break;
            case VectorData vectors when vectors.IsPresent(row):
                List(json, vectors.Row(row), static (json, number) => json.Fraction(number));
                break;
            default:
                json.Null();
                break;
        }
    }

    private static void List<T>(JsonBuffer json, ReadOnlySpan<T> values, Action<JsonBuffer, T> write)
    {
        json.Raw((byte)'[');
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            write(json, values[i]);
        }

        json.Raw((byte)']');
    }
}
