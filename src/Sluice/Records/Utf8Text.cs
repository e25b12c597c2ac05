using System.Buffers;
using System.Text;

namespace Sluice.Records;

/// <summary>A text as sound UTF-8, a slice of memory that somebody else owns: no string a field.</summary>
/// <param name="Bytes">The text.</param>
public readonly record struct Utf8Text(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Number of bytes.</summary>
    public int Length => Bytes.Length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsBlank
    {
        get
        {
            // Hardly any text begins with white space.
            if (Length > 0 && Span[0] is > (byte)' ' and < 0x80)
            {
                return false;
            }

            for (ReadOnlySpan<byte> rest = Span; !rest.IsEmpty;)
            {
                if (Rune.DecodeFromUtf8(rest, out Rune rune, out int bytes) != OperationStatus.Done || !Rune.IsWhiteSpace(rune))
                {
                    return false;
                }

                rest = rest[bytes..];
            }

            return true;
        }
    }

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>A text of its own. A half of a surrogate pair on its own becomes U+FFFD.</summary>
    public static Utf8Text Of(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return new Utf8Text(bytes);
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
