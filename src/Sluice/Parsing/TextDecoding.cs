using Sluice.Parsing.Json;
using Sluice.Records;

namespace Sluice.Parsing;

/// <summary>Gets at the texts of a row, which is known to be UTF-8: where they lie, unless escapes stand in them.</summary>
internal static class TextDecoding
{
    /// <summary>The text of a string. Returns false when an escaped surrogate stands alone in it.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> row, in FieldValue value, SampleArena arena, out Utf8Text text)
    {
        ReadOnlyMemory<byte> inside = row.Slice(value.Start, value.Length);
        text = new Utf8Text(inside);
        if (!value.IsEscaped)
        {
            return true;
        }

        int room = value.Length + StringDecoding.Slack;
        Memory<byte> slice = arena.Rent(room);
        int length = StringDecoding.Decode(inside.Span, slice.Span);
        arena.Return(room - Math.Max(length, 0));
        text = new Utf8Text(slice[..Math.Max(length, 0)]);
        return length >= 0;
    }

    /// <summary>Two texts with a line break between them. Returns false when an escaped surrogate stands alone in one of them.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">A string.</param>
    /// <param name="second">Another one.</param>
    /// <param name="arena">Takes the text.</param>
    /// <param name="text">Both.</param>
    /// <param name="length">Bytes of the first; -1 when the surrogate stands there.</param>
    public static bool TryJoin(ReadOnlyMemory<byte> row, in FieldValue first, in FieldValue second, SampleArena arena, out Utf8Text text, out int length)
    {
        int room = first.Length + 1 + second.Length + StringDecoding.Slack;
        Memory<byte> slice = arena.Rent(room);
        Span<byte> to = slice.Span;
        length = Put(row.Span, first, to);
        int rest = -1;
        if (length >= 0)
        {
            to[length] = (byte)'\n';
            rest = Put(row.Span, second, to[(length + 1)..]);
        }

        int whole = rest < 0 ? 0 : length + 1 + rest;
        arena.Return(room - whole);
        text = new Utf8Text(slice[..whole]);
        return rest >= 0;
    }

    /// <summary>Copies JSON as it stands, escapes and all.</summary>
    public static Utf8Text Copy(ReadOnlySpan<byte> json, SampleArena arena)
    {
        Memory<byte> slice = arena.Rent(json.Length);
        json.CopyTo(slice.Span);
        return new Utf8Text(slice);
    }

    private static int Put(ReadOnlySpan<byte> row, in FieldValue value, Span<byte> to)
    {
        ReadOnlySpan<byte> text = row.Slice(value.Start, value.Length);
        if (value.IsEscaped)
        {
            return StringDecoding.Decode(text, to);
        }

        text.CopyTo(to);
        return text.Length;
    }
}
