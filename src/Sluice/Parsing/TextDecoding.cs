using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Parsing.Json;

namespace Sluice.Parsing;

/// <summary>Puts the texts of a row, which is known to be UTF-8, into an arena.</summary>
internal static class TextDecoding
{
    // A text that may be longer than this is counted first, so that its array is not up to three times as long as needed.
    private const int CountFrom = 8192;

    // Behind each text one character is left, so that the next one can be joined to it by a line break where they lie.
    private const int Gap = 1;

    /// <summary>Goes to the value behind a name; a string is decoded on the way, unless much of the row is left.</summary>
    public static void Read(ref JsonCursor reader, TextArena arena, out FieldValue value)
    {
        int room = reader.Left + StringDecoding.Slack;
        if (room > TextArena.LongestShared)
        {
            reader.Read();
            value = FieldValue.At(ref reader);
            return;
        }

        reader.ReadText(arena.Offer(room), out int length);
        if (reader.TokenType != JsonTokenType.String)
        {
            value = FieldValue.At(ref reader);
            return;
        }

        TextState state = length < 0 ? TextState.Lone : TextState.Read;
        value = new FieldValue(JsonTokenType.String, reader.TokenStartIndex + 1, reader.ValueLength, state, length < 0 ? default : arena.Take(length, Gap));
    }

    /// <summary>The text of a string. Returns false when an escaped surrogate stands alone in it.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> row, in FieldValue value, TextArena arena, out ReadOnlyMemory<char> text)
    {
        if (value.State != TextState.Unread)
        {
            text = value.State == TextState.Read ? arena[value.Text] : default;
            return value.State == TextState.Read;
        }

        int room = MaxLength(row.Slice(value.Start, value.Length)) + StringDecoding.Slack;
        Memory<char> slice = arena.Rent(room);
        StringDecoding.Decode(row, value.Start, slice.Span, out int length);
        arena.Return(room - Math.Max(length, 0) - Gap);
        text = slice[..Math.Max(length, 0)];
        return length >= 0;
    }

    /// <summary>Copies JSON as it stands, escapes and all.</summary>
    public static ReadOnlyMemory<char> Copy(ReadOnlySpan<byte> json, TextArena arena)
    {
        int room = MaxLength(json);
        Memory<char> slice = arena.Rent(room);
        int length = Encoding.UTF8.GetChars(json, slice.Span);
        arena.Return(room - length);
        return slice[..length];
    }

    /// <summary>Two texts with a line break between them, where they lie when they lie side by side.</summary>
    public static ReadOnlyMemory<char> Join(ReadOnlyMemory<char> first, ReadOnlyMemory<char> second, TextArena arena)
    {
        int length = first.Length + Gap + second.Length;
        if (MemoryMarshal.TryGetArray(first, out ArraySegment<char> head) && MemoryMarshal.TryGetArray(second, out ArraySegment<char> tail)
            && head.Array is { } array && array == tail.Array && head.Offset + head.Count + Gap == tail.Offset)
        {
            array[tail.Offset - Gap] = '\n';
            return array.AsMemory(head.Offset, length);
        }

        Memory<char> joined = arena.Rent(length);
        first.CopyTo(joined);
        joined.Span[first.Length] = '\n';
        second.CopyTo(joined[(first.Length + Gap)..]);
        return joined;
    }

    private static int MaxLength(ReadOnlySpan<byte> text) => text.Length <= CountFrom ? text.Length : Encoding.UTF8.GetCharCount(text);
}
