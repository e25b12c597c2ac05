using System.Text;
using Sluice.DuckDb.Interop;

namespace Sluice.DuckDb.Rows;

/// <summary>
/// Writes the values of one column as JSON, the columns below it included. The library's own to_json is not used: it writes NaN and Infinity, which are no
/// JSON, drops zeros of decimals and turns blobs into escapes.
/// </summary>
internal sealed class JsonNode
{
    private readonly ColumnType _type;
    private readonly JsonNode[] _children;
    private readonly byte[][] _keys;
    private Vector _vector;

    /// <param name="type">A plain type (<see cref="ColumnType.Plain"/>).</param>
    public JsonNode(ColumnType type)
    {
        _type = type;
        _children = [.. type.Children.Select(child => new JsonNode(child))];
        _keys = [.. type.Names.Select((name, i) => Key(name, first: i == 0))];
    }

    /// <summary>The bytes before a field's value: <c>"name":</c>, after a comma unless it is the first.</summary>
    public static byte[] Key(string name, bool first)
    {
        JsonBuffer buffer = new(16 + name.Length);
        if (!first)
        {
            buffer.Raw((byte)',');
        }

        buffer.Text(Encoding.UTF8.GetBytes(name));
        buffer.Raw((byte)':');
        return buffer.Written.ToArray();
    }

    /// <summary>Turns to the values of another chunk.</summary>
    public void Bind(Vector vector)
    {
        _vector = vector;
        switch (_type.Id)
        {
            case DuckDbType.List:
                _children[0].Bind(vector.Elements());
                break;
            case DuckDbType.Array:
                _children[0].Bind(vector.ArrayElements());
                break;
            case DuckDbType.Map:
                Vector entries = vector.Elements();
                _children[0].Bind(entries.Field(0));
                _children[1].Bind(entries.Field(1));
                break;
            case DuckDbType.Struct:
                for (int i = 0; i < _children.Length; i++)
                {
                    _children[i].Bind(vector.Field(i));
                }

                break;
        }
    }

    /// <summary>Writes the value of a row.</summary>
    public void Write(JsonBuffer json, int row)
    {
        if (!_vector.IsValid(row))
        {
            json.Null();
            return;
        }

        switch (_type.Id)
        {
            case DuckDbType.Varchar when _type.IsJson:
                json.Json(_vector.Bytes(row));
                break;
            case DuckDbType.Varchar:
                json.Text(_vector.Bytes(row));
                break;
            case DuckDbType.Blob:
                json.Blob(_vector.Bytes(row));
                break;
            case DuckDbType.List:
                (int start, int length) = _vector.Range(row);
                WriteElements(json, start, length);
                break;
            case DuckDbType.Array:
                WriteElements(json, row * _type.Width, _type.Width);
                break;
            case DuckDbType.Struct:
                WriteFields(json, row);
                break;
            case DuckDbType.Map:
                WriteEntries(json, row);
                break;
            default:
                WriteNumber(json, row);
                break;
        }
    }

    private void WriteNumber(JsonBuffer json, int row)
    {
        switch (_type.Id)
        {
            case DuckDbType.Boolean:
                json.Raw(_vector.Get<byte>(row) != 0 ? "true"u8 : "false"u8);
                break;
            case DuckDbType.TinyInt:
                json.Number(_vector.Get<sbyte>(row));
                break;
            case DuckDbType.SmallInt:
                json.Number(_vector.Get<short>(row));
                break;
            case DuckDbType.Integer:
                json.Number(_vector.Get<int>(row));
                break;
            case DuckDbType.BigInt:
                json.Number(_vector.Get<long>(row));
                break;
            case DuckDbType.UTinyInt:
                json.Number(_vector.Get<byte>(row));
                break;
            case DuckDbType.USmallInt:
                json.Number(_vector.Get<ushort>(row));
                break;
            case DuckDbType.UInteger:
                json.Number(_vector.Get<uint>(row));
                break;
            case DuckDbType.UBigInt:
                json.Number(_vector.Get<ulong>(row));
                break;
            case DuckDbType.HugeInt:
                json.Number(_vector.Get<Int128>(row));
                break;
            case DuckDbType.UHugeInt:
                json.Number(_vector.Get<UInt128>(row));
                break;
            case DuckDbType.Float:
                json.Fraction(_vector.Get<float>(row));
                break;
            case DuckDbType.Double:
                json.Fraction(_vector.Get<double>(row));
                break;
            case DuckDbType.Decimal:
                json.Decimal(Unscaled(row), _type.Scale);
                break;
            default:
                throw new InvalidOperationException($"This is a bug: type {_type.Id} was not made plain.");
        }
    }

    private Int128 Unscaled(int row) => _type.Storage switch
    {
        DuckDbType.SmallInt => _vector.Get<short>(row),
        DuckDbType.Integer => _vector.Get<int>(row),
        DuckDbType.BigInt => _vector.Get<long>(row),
        _ => _vector.Get<Int128>(row),
    };

    private void WriteElements(JsonBuffer json, int start, int length)
    {
        json.Raw((byte)'[');
        for (int i = 0; i < length; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            _children[0].Write(json, start + i);
        }

        json.Raw((byte)']');
    }

    private void WriteFields(JsonBuffer json, int row)
    {
        json.Raw((byte)'{');
        for (int i = 0; i < _children.Length; i++)
        {
            json.Raw(_keys[i]);
            _children[i].Write(json, row);
        }

        json.Raw((byte)'}');
    }

    private void WriteEntries(JsonBuffer json, int row)
    {
        (int start, int length) = _vector.Range(row);
        json.Raw((byte)'{');
        for (int i = start; i < start + length; i++)
        {
            if (i > start)
            {
                json.Raw((byte)',');
            }

            json.Text(_children[0]._vector.Bytes(i));
            json.Raw((byte)':');
            _children[1].Write(json, i);
        }

        json.Raw((byte)'}');
    }
}
