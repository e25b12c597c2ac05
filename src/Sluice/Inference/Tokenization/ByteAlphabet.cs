using System.Text;

namespace Sluice.Inference.Tokenization;

/// <summary>The alphabet of byte-level vocabularies (GPT-2): every byte has one printable character.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_characters = Build();

    /// <summary>Appends the UTF-8 bytes of a well-formed text, each as its character.</summary>
    public static void Append(ReadOnlySpan<char> text, CharBuffer into)
    {
        Span<byte> bytes = stackalloc byte[256];
        while (!text.IsEmpty)
        {
            int take = Math.Min(text.Length, 80);
            if (take < text.Length && char.IsHighSurrogate(text[take - 1]))
            {
                take--;
            }

            int count = Encoding.UTF8.GetBytes(text[..take], bytes);
            Span<char> room = into.Reserve(count);
            for (int i = 0; i < count; i++)
            {
                room[i] = s_characters[bytes[i]];
            }

            into.Advance(count);
            text = text[take..];
        }
    }

    private static char[] Build()
    {
        char[] characters = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++)
        {
            // Printable Latin-1 stands for itself; the rest is moved behind it.
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(printable ? value : next++);
        }

        return characters;
    }
}
