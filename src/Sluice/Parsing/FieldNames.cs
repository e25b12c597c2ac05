using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Sluice.Parsing.Json;

namespace Sluice.Parsing;

/// <summary>Finds known fields by name.</summary>
internal static class FieldNames
{
    /// <summary>Number of values of <see cref="KnownField"/>.</summary>
    public const int Count = (int)KnownField.Messages + 1;

    // Bytes of a name at most when it is spelt with escapes: six for every character of a long one.
    private const int LongestEscaped = 512;

    private static readonly string[] s_names = [.. Enum.GetNames<KnownField>().Select(name => name.ToLowerInvariant())];

    /// <summary>The field that the name stands for which the reader went over.</summary>
    public static KnownField Find(ref JsonCursor reader)
    {
        KnownField found = Find(reader.NameSpan);
        if (found != KnownField.None || !reader.NameIsEscaped)
        {
            return found;
        }

        for (KnownField field = KnownField.None + 1; (int)field < Count; field++)
        {
            if (IsNamed(ref reader, Name(field)))
            {
                return field;
            }
        }

        return KnownField.None;
    }

    /// <summary>Whether the reader went over this name.</summary>
    public static bool IsNamed(ref JsonCursor reader, string name) => IsText(reader.NameSpan, reader.NameIsEscaped, name);

    /// <summary>Whether a name or string says this.</summary>
    /// <param name="spelt">What stands between its quotes.</param>
    /// <param name="isEscaped">Whether backslashes do.</param>
    /// <param name="text">What it may say.</param>
    public static bool IsText(ReadOnlySpan<byte> spelt, bool isEscaped, string text)
    {
        if (!isEscaped)
        {
            return IsSpelt(spelt, text);
        }

        Span<byte> decoded = stackalloc byte[LongestEscaped + StringDecoding.Slack];
        return spelt.Length <= LongestEscaped && StringDecoding.Decode(spelt, decoded) is int length and >= 0 && IsSpelt(decoded[..length], text);
    }

    // A name of the user's own may hold more than ASCII.
    private static bool IsSpelt(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length <= name.Length || Ascii.IsValid(name))
        {
            return Ascii.Equals(bytes, name);
        }

        byte[] spelt = new byte[name.Length * 3];
        return bytes.Length <= spelt.Length
            && Utf8.FromUtf16(name, spelt, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done && bytes.SequenceEqual(spelt.AsSpan(0, written));
    }

    /// <summary>The name of a field.</summary>
    public static string Name(KnownField field) => s_names[(int)field];

    private static KnownField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("input"u8) => KnownField.Input,
        6 when name.SequenceEqual("output"u8) => KnownField.Output,
        6 when name.SequenceEqual("prompt"u8) => KnownField.Prompt,
        6 when name.SequenceEqual("system"u8) => KnownField.System,
        7 when name.SequenceEqual("context"u8) => KnownField.Context,
        8 when name.SequenceEqual("response"u8) => KnownField.Response,
        8 when name.SequenceEqual("messages"u8) => KnownField.Messages,
        10 when name.SequenceEqual("completion"u8) => KnownField.Completion,
        11 when name.SequenceEqual("instruction"u8) => KnownField.Instruction,
        13 when name.SequenceEqual("conversations"u8) => KnownField.Conversations,
        _ => KnownField.None,
    };
}
