namespace Sluice.Sources.JsonArrays;

/// <summary>Small operations on the bytes of one JSON value.</summary>
internal static class JsonText
{
    private const int LongestName = 256;

    /// <summary>Removes white space outside of strings in place; returns the new length. The value must be well framed.</summary>
    public static int Minify(Span<byte> value)
    {
        int to = 0;
        for (int at = 0; at < value.Length;)
        {
            byte next = value[at];
            if (next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                at++;
            }
            else if (next != '"')
            {
                value[to++] = next;
                at++;
            }
            else
            {
                int length = StringLength(value[at..]);
                value.Slice(at, length).CopyTo(value[to..]);
                to += length;
                at += length;
            }
        }

        return to;
    }

    /// <summary>The first field name of an object as it is spelt, without quotes; empty when the bytes begin otherwise.</summary>
    public static ReadOnlySpan<byte> FirstName(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != '{')
        {
            return default;
        }

        ReadOnlySpan<byte> rest = value[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] != '"')
        {
            return default;
        }

        int end = rest[1..].IndexOfAny("\"\\\n"u8);
        return end is > 0 and <= LongestName && rest[1 + end] == '"' ? rest.Slice(1, end) : default;
    }

    // Length of the string that begins the bytes, both quotes included.
    private static int StringLength(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (true)
        {
            int stop = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
            {
                return text.Length;
            }

            at += stop + 1;
            if (text[at - 1] == '"')
            {
                return at;
            }

            at++;
        }
    }
}
