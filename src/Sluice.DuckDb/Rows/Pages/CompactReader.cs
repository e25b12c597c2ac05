using System.Text;

namespace Sluice.DuckDb.Rows.Pages;

/// <summary>
/// Reads Thrift's compact protocol, in which Parquet writes its footer and page headers, as far as counts and offsets need it. Throws
/// <see cref="EndOfStreamException"/> when the bytes end too early and <see cref="InvalidDataException"/> when they cannot be right.
/// </summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    // Footers nest by the schema of Thrift, not by that of the rows: real ones stay below ten.
    private const int MostLevels = 32;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _field;
    private CompactType _type;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Number of the field at which the reader stands.</summary>
    public readonly int Field => _field;

    /// <summary>Begins a struct: its fields follow. Returns what <see cref="EndStruct"/> needs.</summary>
    public int BeginStruct()
    {
        int outer = _field;
        _field = 0;
        return outer;
    }

    /// <summary>Goes on to the next field; its value must be read or skipped. False at the end of the struct.</summary>
    public bool NextField()
    {
        byte head = Byte();
        if (head == 0)
        {
            return false;
        }

        _type = (CompactType)(head & 0x0F);
        _field = head >> 4 == 0 ? checked((int)ZigZag()) : _field + (head >> 4);
        return true;
    }

    /// <summary>Ends a struct.</summary>
    public void EndStruct(int outer) => _field = outer;

    /// <summary>The number at which the reader stands.</summary>
    public long Number() => _type is CompactType.I16 or CompactType.I32 or CompactType.I64 ? ZigZag() : throw Wrong("a number");

    /// <summary>Begins the struct at which the reader stands.</summary>
    public int Struct() => _type == CompactType.Struct ? BeginStruct() : throw Wrong("a struct");

    /// <summary>Begins the list of structs or texts at which the reader stands; gives its length.</summary>
    public int List(CompactType elements)
    {
        (int count, CompactType found) = _type == CompactType.List ? ListHead() : throw Wrong("a list");
        return count == 0 || found == elements ? count : throw Wrong($"a list of {elements}");
    }

    /// <summary>A text, in a list or of a field.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    /// <summary>Passes over the value at which the reader stands.</summary>
    public void Skip() => Skip(_type, level: 0, inList: false);

    private void Skip(CompactType type, int level, bool inList)
    {
        if (level > MostLevels)
        {
            throw new InvalidDataException($"found structs nested more than {MostLevels} deep");
        }

        switch (type)
        {
            case CompactType.True or CompactType.False:
                Take(inList ? 1 : 0);
                break;
            case CompactType.Byte:
                Take(1);
                break;
            case CompactType.I16 or CompactType.I32 or CompactType.I64:
                ZigZag();
                break;
            case CompactType.Double:
                Take(8);
                break;
            case CompactType.Binary:
                Take(Length());
                break;
            case CompactType.List or CompactType.Set:
                (int count, CompactType elements) = ListHead();
                for (int i = 0; i < count; i++)
                {
                    Skip(elements, level + 1, inList: true);
                }

                break;
            case CompactType.Struct:
                int outer = BeginStruct();
                while (NextField())
                {
                    Skip(_type, level + 1, inList: false);
                }

                EndStruct(outer);
                break;
            default:
                throw new InvalidDataException($"found a value of unknown type {(int)type}");
        }
    }

    private (int Count, CompactType Elements) ListHead()
    {
        byte head = Byte();
        int count = head >> 4 == 15 ? Length() : head >> 4;
        return count <= _bytes.Length ? (count, (CompactType)(head & 0x0F)) : throw new EndOfStreamException();
    }

    private int Length()
    {
        ulong length = Variable();
        return length <= int.MaxValue ? (int)length : throw new InvalidDataException($"found a length of {length}");
    }

    private long ZigZag()
    {
        ulong value = Variable();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Variable()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("found a number of more than ten bytes");
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - Position < count)
        {
            throw new EndOfStreamException();
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    private readonly InvalidDataException Wrong(string expected) => new($"found {_type} in field {_field}, expected {expected}");
}
