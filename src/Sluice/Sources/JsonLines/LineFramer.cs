namespace Sluice.Sources.JsonLines;

/// <summary>Cuts lines: a row is a line that is not blank. Holds at most one row, however long a line is.</summary>
internal sealed class LineFramer : IRowFramer
{
    private readonly ChunkBuilder _chunks;
    private readonly int _maxRowBytes;
    private readonly RowArena _arena = new();
    private long _offset;
    private long _lines;
    private long _rowOffset;

    // Bytes of the open row from its first non-white byte on, held or not.
    private long _length;

    public LineFramer(ChunkBuilder chunks, SourcePosition from, int maxRowBytes)
    {
        _chunks = chunks;
        _maxRowBytes = maxRowBytes;
        _offset = from.Offset;
        _lines = from.Number;
    }

    /// <inheritdoc/>
    public void Push(ReadOnlyMemory<byte> bytes, RowBlock? block)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        for (int at = 0; at < span.Length;)
        {
            ReadOnlySpan<byte> rest = span[at..];
            int length = rest.IndexOf((byte)'\n');
            if (length < 0)
            {
                Take(rest);
                return;
            }

            if (block is null || _length > 0 || length > _maxRowBytes)
            {
                Take(rest[..length]);
                _offset++;
                EndLine();
            }
            else
            {
                AddLine(bytes.Slice(at, length), block);
            }

            at += length + 1;
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_length > 0)
        {
            EndLine();
        }

        _chunks.Complete(new SourcePosition(_offset, _lines));
        _arena.Close();
    }

    /// <inheritdoc/>
    public void Fail(Func<long, string> reason)
    {
        SourcePosition end = new(_offset, _lines + 1);
        _chunks.Add(_lines + 1, _length > 0 ? _rowOffset : _offset, _arena.Seal(out RowBlock? block), reason(_offset), end, block);
        _chunks.Complete(end);
        _arena.Close();
    }

    // A whole line that may stay where it lies.
    private void AddLine(ReadOnlyMemory<byte> line, RowBlock block)
    {
        long offset = _offset;
        _offset += line.Length + 1;
        _lines++;
        ReadOnlySpan<byte> span = line.Span;
        int start = Blank(span, 0);
        if (offset + start == 0 && span.StartsWith("\uFEFF"u8))
        {
            start = Blank(span, 3);
        }

        int end = span.Length;
        while (end > start && span[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            end--;
        }

        if (end > start)
        {
            _chunks.Add(_lines, offset + start, line[start..end], fault: null, new SourcePosition(_offset, _lines), block);
        }
    }

    private static int Blank(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            at++;
        }

        return at;
    }

    private void Take(ReadOnlySpan<byte> part)
    {
        int length = part.Length;
        if (_length == 0)
        {
            part = part.TrimStart(" \t\r"u8);
            _rowOffset = _offset + length - part.Length;
        }

        _offset += length;
        _length += part.Length;
        int room = _length <= _maxRowBytes ? part.Length : Math.Max(0, ChunkBuilder.KeptOfLongRow - _arena.Length);
        _arena.Append(part[..Math.Min(room, part.Length)]);
        if (_length > _maxRowBytes && _arena.Length > ChunkBuilder.KeptOfLongRow)
        {
            _arena.Shrink(ChunkBuilder.KeptOfLongRow);
        }
    }

    private void EndLine()
    {
        _lines++;
        SourcePosition next = new(_offset, _lines);
        if (_length > _maxRowBytes)
        {
            int kept = Math.Min(ChunkBuilder.KeptOfLongRow, _arena.Length);
            _chunks.Add(_lines, _rowOffset, _arena.Seal(out RowBlock? block), SourceFaults.TooLong(_length, _maxRowBytes, kept), next, block);
        }
        else
        {
            SkipByteOrderMark();
            _arena.Truncate(_arena.Open.TrimEnd(" \t\r"u8).Length);
            if (_arena.Length > 0)
            {
                _chunks.Add(_lines, _rowOffset, _arena.Seal(out RowBlock? block), fault: null, next, block);
            }
        }

        _length = 0;
    }

    private void SkipByteOrderMark()
    {
        if (_rowOffset == 0 && _arena.Open.StartsWith("\uFEFF"u8))
        {
            int whole = _arena.Length;
            _arena.Skip(3);
            _arena.Skip(_arena.Length - _arena.Open.TrimStart(" \t\r"u8).Length);
            _rowOffset = whole - _arena.Length;
        }
    }
}
