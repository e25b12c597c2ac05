using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sluice.Parsing.Json;

/// <summary>Makes characters of sound UTF-8 outside of ASCII; those of three bytes, which Chinese is made of, four at a time.</summary>
internal static class Transcoding
{
    private const int Characters = 4;

    /// <summary>Decodes what stands at a place until ASCII follows. Returns the number of UTF-16 units; there must be room for them.</summary>
    public static int Decode(ReadOnlySpan<byte> text, ref int at, Span<char> to)
    {
        int written = 0;
        while (at < text.Length && text[at] >= 0x80)
        {
            if (Vector128.IsHardwareAccelerated && text.Length - at >= Vector128<byte>.Count && to.Length - written >= Characters && TryDecodeFour(text[at..], to[written..]))
            {
                at += 3 * Characters;
                written += Characters;
            }
            else
            {
                DecodeOne(text, ref at, to, ref written);
            }
        }

        return written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeFour(ReadOnlySpan<byte> text, Span<char> to)
    {
        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text));
        if ((bytes & Vector128.Create((byte)0xF0, 0, 0, 0xF0, 0, 0, 0xF0, 0, 0, 0xF0, 0, 0, 0, 0, 0, 0)) != Vector128.Create((byte)0xE0, 0, 0, 0xE0, 0, 0, 0xE0, 0, 0, 0xE0, 0, 0, 0, 0, 0, 0))
        {
            return false;
        }

        // The bytes of each character in the order of their weight: 4, 6 and 6 bits of them count.
        Vector128<uint> parts = Vector128.Shuffle(bytes, Vector128.Create((byte)2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16)).AsUInt32();
        Vector128<uint> units = (Vector128.ShiftRightLogical(parts, 4) & Vector128.Create(0xF000U)) | (Vector128.ShiftRightLogical(parts, 2) & Vector128.Create(0xFC0U)) | (parts & Vector128.Create(0x3FU));
        Vector128.Narrow(units, units).GetLower().StoreUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(to)));
        return true;
    }

    private static void DecodeOne(ReadOnlySpan<byte> text, ref int at, Span<char> to, ref int written)
    {
        byte lead = text[at];
        if (lead < 0xE0)
        {
            to[written++] = (char)(((lead & 0x1F) << 6) | Tail(text[at + 1]));
            at += 2;
        }
        else if (lead < 0xF0)
        {
            to[written++] = (char)(((lead & 0xF) << 12) | (Tail(text[at + 1]) << 6) | Tail(text[at + 2]));
            at += 3;
        }
        else
        {
            // Outside of the basic plane: 20 bits, ten to a surrogate.
            int bits = (((lead & 7) << 18) | (Tail(text[at + 1]) << 12) | (Tail(text[at + 2]) << 6) | Tail(text[at + 3])) - 0x10000;
            to[written++] = (char)(0xD800 | (bits >> 10));
            to[written++] = (char)(0xDC00 | (bits & 0x3FF));
            at += 4;
        }
    }

    private static int Tail(byte continuation) => continuation & 0x3F;
}
