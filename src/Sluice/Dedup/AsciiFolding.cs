using System.Runtime.Intrinsics;

namespace Sluice.Dedup;

/// <summary>What <see cref="ContentNormalizer"/> makes of ASCII: lower case, every run of white space one blank, none at the ends. Pure and safe for many threads.</summary>
internal static class AsciiFolding
{
    private const byte CaseBit = 0x20;

    /// <summary>Folds a text. Returns the number of bytes written.</summary>
    /// <param name="text">ASCII only.</param>
    /// <param name="target">Room for the text and <see cref="ByteBuffer.Slack"/> bytes more.</param>
    public static int Fold(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int length = 0;
        uint blankBefore = 1;
        int at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Span<byte> block = stackalloc byte[Vector256<byte>.Count];
            for (; at + Vector256<byte>.Count <= text.Length; at += Vector256<byte>.Count)
            {
                var bytes = Vector256.Create(text.Slice(at, Vector256<byte>.Count));
                Vector256<byte> blank = Vector256.Equals(bytes, Vector256.Create((byte)' '))
                    | Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'\t'), Vector256.Create((byte)('\r' - '\t')));
                Vector256<byte> upper = Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'A'), Vector256.Create((byte)('Z' - 'A')));
                bytes = Vector256.ConditionalSelect(blank, Vector256.Create((byte)' '), bytes | (upper & Vector256.Create(CaseBit)));
                uint blanks = blank.ExtractMostSignificantBits();
                if ((blanks & ((blanks << 1) | blankBefore)) == 0)
                {
                    bytes.CopyTo(target[length..]);
                    length += Vector256<byte>.Count;
                }
                else
                {
                    bytes.CopyTo(block);
                    length = Squeeze(block, blanks, blankBefore, target, length);
                }

                blankBefore = blanks >> (Vector256<byte>.Count - 1);
            }
        }

        // Without branches: where words end cannot be predicted.
        for (; at < text.Length; at++)
        {
            uint value = text[at];
            uint blank = (value == ' ' ? 1u : 0) | (value - '\t' <= '\r' - '\t' ? 1u : 0);
            target[length] = (byte)(blank != 0 ? ' ' : value | (value - 'A' <= 'Z' - 'A' ? CaseBit : 0u));
            length += 1 - (int)(blank & blankBefore);
            blankBefore = blank;
        }

        return length - (length > 0 ? (int)blankBefore : 0);
    }

    // A block with a blank after a blank: byte by byte.
    private static int Squeeze(ReadOnlySpan<byte> block, uint blanks, uint blankBefore, Span<byte> target, int length)
    {
        foreach (byte value in block)
        {
            target[length] = value;
            length += 1 - (int)(blanks & blankBefore & 1);
            blankBefore = blanks & 1;
            blanks >>= 1;
        }

        return length;
    }
}
