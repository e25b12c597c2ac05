using System.Globalization;

namespace Sluice.Sources.JsonArrays;

/// <summary>
/// Cuts the elements of one JSON array without ever holding more than one of them. Commas and brackets between elements are not counted, so a missing or
/// doubled one costs no row (one before the closing bracket is told as a fault of its own: rows may be missing there), and arrays of rows within the array, or one after the other, are read through. A broken element becomes one faulted row, which ends where <see cref="ElementSearch"/> finds the next.
/// </summary>
internal sealed class ElementFramer : IRowFramer
{
    // Bytes before the place of a fault that are searched for a next element: a missing quote is noticed only inside the element behind it.
    private const int LookBack = 4096;

    private readonly ChunkBuilder _chunks;
    private readonly int _maxRowBytes;
    private readonly byte[]? _usualName;
    private readonly RowArena _arena = new();
    private readonly ElementScanner _scanner = new();
    private readonly ElementSearch _search = new();
    private Place _place;
    private long _offset;
    private long _rows;
    private long _comma = -1;
    private bool _closed;
    private bool _seen;
    private bool _onNewLine;
    private int _column;
    private long _rowOffset;
    private long _length;
    private string _fault = "";

    /// <summary>Begins at a position.</summary>
    /// <param name="chunks">Takes the rows.</param>
    /// <param name="from">The beginning, or the end of a former chunk.</param>
    /// <param name="maxRowBytes">Bytes of one row at most.</param>
    /// <param name="usualName">First field name of the array's elements, by which those behind a broken one are known; empty when unknown; null when any name will do.</param>
    public ElementFramer(ChunkBuilder chunks, SourcePosition from, int maxRowBytes, byte[]? usualName)
    {
        _usualName = usualName;
        _chunks = chunks;
        _maxRowBytes = maxRowBytes;
        _offset = from.Offset;
        _rows = from.Number;
        _place = from == SourcePosition.Start ? Place.Before : Place.Between;
        _seen = _place == Place.Between;
    }

    private enum Place
    {
        Before,
        Between,
        Element,
        Broken,
    }

    /// <inheritdoc/>
    public void Push(ReadOnlyMemory<byte> bytes, RowBlock? block) => Push(bytes.Span);

    /// <inheritdoc/>
    public void Finish()
    {
        if (_place == Place.Element && _scanner.IsOpenScalar)
        {
            EmitElement();
        }

        End(offset => string.Create(CultureInfo.InvariantCulture, $"Found the end of the file at byte {offset:N0}, expected the array to be closed by ']'; the file is cut short."));
    }

    /// <inheritdoc/>
    public void Fail(Func<long, string> reason)
    {
        if (_place == Place.Broken)
        {
            EmitFault(_offset);
        }

        (_closed, _seen) = (false, true);
        End(reason);
    }

    private void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int used = _place switch
            {
                Place.Element => PushElement(bytes),
                Place.Broken => PushBroken(bytes),
                _ => PushBetween(bytes[0]),
            };
            bytes = bytes[used..];
        }
    }

    private void End(Func<long, string> reason)
    {
        while (_place == Place.Element)
        {
            Break(reason(_offset));
        }

        if (_place == Place.Broken)
        {
            EmitFault(_offset);
        }
        else if (_seen && !_closed)
        {
            (_rowOffset, _length, _fault) = (_offset, 0, reason(_offset));
            EmitFault(_offset);
        }

        _chunks.Complete(new SourcePosition(_offset, _rows));
        _arena.Close();
    }

    private int PushBetween(byte next)
    {
        switch (next)
        {
            case (byte)'\n':
                (_onNewLine, _column) = (true, 0);
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r':
                _column++;
                break;
            case 0xEF or 0xBB or 0xBF when _place == Place.Before && _offset < 3:
                break;
            case (byte)'[':
                (_place, _closed, _seen, _onNewLine, _comma) = (Place.Between, false, true, false, -1);
                break;
            case (byte)',':
                (_onNewLine, _comma) = (false, _offset);
                break;
            case (byte)']':
                EmitTrailingComma();
                (_closed, _seen, _onNewLine) = (true, true, false);
                break;
            default:
                (_place, _closed, _seen, _comma) = (Place.Element, false, true, -1);
                _rowOffset = _offset;
                _length = 0;
                _scanner.Reset();
                return 0;
        }

        _offset++;
        return 1;
    }

    private int PushElement(ReadOnlySpan<byte> bytes)
    {
        // To the byte, so that where the limit is hit does not depend on the sizes in which the bytes come.
        ReadOnlySpan<byte> allowed = bytes[..(int)Math.Min(bytes.Length, _maxRowBytes + 1L - _length)];
        ScanState state = _scanner.Scan(allowed, out int used);
        Hold(bytes[..used]);
        if (_length > _maxRowBytes)
        {
            Break(fault: "");
        }
        else if (state == ScanState.Done)
        {
            EmitElement();
        }
        else if (state == ScanState.Broken)
        {
            Break(string.Create(CultureInfo.InvariantCulture, $"Found {Shown(bytes[used])} at byte {_offset:N0}, expected {_scanner.ExpectedText}."));
        }

        return used;
    }

    private int PushBroken(ReadOnlySpan<byte> bytes)
    {
        bool found = _search.Find(bytes, out int used);
        Hold(bytes[..used]);
        if (found)
        {
            GoOnWith(_search.Candidate.ToArray());
        }

        return used;
    }

    // From here on the element is a fault; where it ends is searched for, first in its own last bytes.
    private void Break(string fault)
    {
        _fault = fault;
        _place = Place.Broken;
        ReadOnlySpan<byte> held = _arena.Open;
        _search.Reset(JsonText.FirstName(held), _usualName, _onNewLine ? _column : -1);
        int from = Math.Max(1, held.Length - LookBack);
        if (_length <= _maxRowBytes && held.Length > from && _search.Find(held[from..], out int used))
        {
            GoOnWith(held[(from + used - _search.Candidate.Length)..].ToArray());
        }
    }

    // The last bytes taken belong to a new element: the fault ends before them.
    private void GoOnWith(byte[] bytes)
    {
        _length -= bytes.Length;
        _offset -= bytes.Length;
        _arena.Truncate((int)Math.Min(_arena.Length, _length));
        EmitFault(_offset);
        Push(bytes);
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        _offset += bytes.Length;
        _length += bytes.Length;
        int room = _length <= _maxRowBytes ? bytes.Length : Math.Max(0, ChunkBuilder.KeptOfLongRow - _arena.Length);
        _arena.Append(bytes[..Math.Min(room, bytes.Length)]);
        if (_length > _maxRowBytes && _arena.Length > ChunkBuilder.KeptOfLongRow)
        {
            _arena.Shrink(ChunkBuilder.KeptOfLongRow);
        }
    }

    private void EmitElement()
    {
        if (_scanner.HasBreaks)
        {
            _arena.Truncate(JsonText.Minify(_arena.Open));
        }

        Emit(fault: null, _offset);
    }

    private void EmitTrailingComma()
    {
        if (_comma >= 0)
        {
            _arena.Append(","u8);
            (_rowOffset, _length) = (_comma, 1);
            _comma = -1;
            Emit(string.Create(CultureInfo.InvariantCulture, $"Found ']' at byte {_offset:N0} right after a comma, expected another element: the array is broken or unfinished there."), _offset);
        }
    }

    // An element grown too long may also be one whose bracket is never closed; either way its next neighbour is searched for.
    private void EmitFault(long end) =>
        Emit(_fault.Length > 0 ? _fault : SourceFaults.TooLong(_length, _maxRowBytes, Math.Min(_arena.Length, ChunkBuilder.KeptOfLongRow)), end);

    private void Emit(string? fault, long end)
    {
        _rows++;
        _chunks.Add(_rows, _rowOffset, _arena.Seal(out RowBlock? block), fault, new SourcePosition(end, _rows), block);
        (_place, _onNewLine, _column) = (Place.Between, false, 0);
    }

    private static string Shown(byte found) => found switch
    {
        (byte)'\n' => "a line break",
        > 32 and < 127 => $"'{(char)found}'",
        _ => $"byte 0x{found:X2}",
    };
}
