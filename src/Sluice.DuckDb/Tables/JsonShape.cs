using System.Buffers;
using System.Text.Json;
using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Tables;

/// <summary>
/// What the values at one place of JSON rows are, over all rows seen. The library's own inference is not used: it makes dates and identifiers of texts, floats of
/// whole numbers of both signs beyond 2^53, and renames fields.
/// </summary>
internal sealed class JsonShape
{
    // Deeper or wider than this it is no record, and is kept as JSON.
    private const int MostDepth = 64;
    private const int MostFields = 200;
    private const long ExactInDouble = 1L << 53;
    private static readonly SearchValues<byte> s_fraction = SearchValues.Create(".eE"u8);

    private readonly List<(byte[] Utf8, string Name, JsonShape Shape)> _fields = [];
    private readonly Dictionary<string, int> _indexes = [];
    private JsonShape? _element;
    private Kinds _kinds;

    [Flags]
    private enum Kinds
    {
        None = 0,
        Boolean = 1,
        Integer = 2,
        Negative = 4,
        Unsigned = 8,
        Huge = 16,
        Inexact = 32,
        Fraction = 64,
        Text = 128,
        List = 256,
        Object = 512,
        Other = 1024,
    }

    /// <summary>Fields seen, in the order they were first seen.</summary>
    public IEnumerable<(string Name, JsonShape Shape)> Fields => _fields.Select(seen => (seen.Name, seen.Shape));

    /// <summary>Takes the value at which <paramref name="reader"/> stands, and leaves it at the value's end.</summary>
    public void Observe(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                _kinds |= Kinds.Boolean;
                break;
            case JsonTokenType.Number:
                ObserveNumber(ref reader);
                break;
            case JsonTokenType.String:
                _kinds |= Kinds.Text;
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject when reader.CurrentDepth > MostDepth:
                _kinds |= Kinds.Other;
                reader.Skip();
                break;
            case JsonTokenType.StartArray:
                _kinds |= Kinds.List;
                _element ??= new JsonShape();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    _element.Observe(ref reader);
                }

                break;
            case JsonTokenType.StartObject:
                _kinds |= Kinds.Object;
                ObserveFields(ref reader);
                break;
        }
    }

    /// <summary>The type that holds all values seen.</summary>
    /// <param name="exact">Whether numbers that no type of the library holds exactly stay JSON; else they become doubles.</param>
    public ColumnType ToType(bool exact)
    {
        const Kinds Numbers = Kinds.Integer | Kinds.Negative | Kinds.Unsigned | Kinds.Huge | Kinds.Inexact | Kinds.Fraction;
        return _kinds switch
        {
            Kinds.None or Kinds.Text => ColumnType.Of(DuckDbType.Varchar),
            Kinds.Boolean => ColumnType.Of(DuckDbType.Boolean),
            Kinds.List => ColumnType.Of(DuckDbType.List) with { Children = [_element!.ToType(exact)] },
            Kinds.Object when IsRecord() => ColumnType.Of(DuckDbType.Struct) with
            {
                Names = [.. _fields.Select(field => field.Name)],
                Children = [.. _fields.Select(field => field.Shape.ToType(exact))],
            },
            _ when (_kinds & ~Numbers) == 0 => NumberType(exact),
            _ => ColumnType.Json,
        };
    }

    private ColumnType NumberType(bool exact)
    {
        bool Has(Kinds kind) => (_kinds & kind) != 0;
        return Has(Kinds.Fraction)
            ? exact && Has(Kinds.Inexact) ? ColumnType.Json : ColumnType.Of(DuckDbType.Double)
            : Has(Kinds.Huge) || (Has(Kinds.Unsigned) && Has(Kinds.Negative))
                ? exact ? ColumnType.Json : ColumnType.Of(DuckDbType.Double)
                : ColumnType.Of(Has(Kinds.Unsigned) ? DuckDbType.UBigInt : DuckDbType.BigInt);
    }

    private void ObserveNumber(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        if (digits.ContainsAny(s_fraction))
        {
            _kinds |= Kinds.Fraction;
        }
        else if (reader.TryGetInt64(out long value))
        {
            _kinds |= Kinds.Integer | (value < 0 ? Kinds.Negative : Kinds.None) | (value is > ExactInDouble or < -ExactInDouble ? Kinds.Inexact : Kinds.None);
        }
        else
        {
            _kinds |= Kinds.Integer | Kinds.Inexact | (reader.TryGetUInt64(out _) ? Kinds.Unsigned : Kinds.Huge);
        }
    }

    private void ObserveFields(ref Utf8JsonReader reader)
    {
        // Rows are alike, so a field is mostly where it was in the row before.
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = expected < _fields.Count && reader.ValueTextEquals(_fields[expected].Utf8) ? expected : IndexOf(ref reader);
            expected = index + 1;
            reader.Read();
            _fields[index].Shape.Observe(ref reader);
        }
    }

    private int IndexOf(ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        if (!_indexes.TryGetValue(name, out int index))
        {
            index = _fields.Count;
            _indexes.Add(name, index);
            _fields.Add((System.Text.Encoding.UTF8.GetBytes(name), name, new JsonShape()));
        }

        return index;
    }

    // The library's structs need at least one field, and names that differ by more than case.
    private bool IsRecord() =>
        _fields.Count is > 0 and <= MostFields
        && _fields.All(field => field.Name.Length > 0 && !field.Name.Contains('\0', StringComparison.Ordinal))
        && _fields.DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase).Count() == _fields.Count;
}
