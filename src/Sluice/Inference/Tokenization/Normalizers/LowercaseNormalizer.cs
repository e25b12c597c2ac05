using System.Text;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Lower case, code point by code point: a final sigma stays a sigma.</summary>
internal sealed class LowercaseNormalizer : Normalizer
{
    private const char CapitalIWithDot = '\u0130';

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state) => Append(text, into);

    /// <summary>Appends the text in lower case.</summary>
    public static void Append(ReadOnlySpan<char> text, CharBuffer into)
    {
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            i += length;
            AppendCode(code, into);
        }
    }

    /// <summary>Appends a code point in lower case.</summary>
    public static void AppendCode(int code, CharBuffer into)
    {
        if (code < 128)
        {
            into.Append((char)(code is >= 'A' and <= 'Z' ? code | 0x20 : code));
        }
        else if (code == CapitalIWithDot)
        {
            // The one code point whose full lower case is longer than one.
            into.Append('i');
            into.Append('\u0307');
        }
        else
        {
            into.AppendCode(Rune.IsValid(code) ? Rune.ToLowerInvariant(new Rune(code)).Value : code);
        }
    }
}
