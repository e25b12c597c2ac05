using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sluice.Records;

/// <summary>Makes UTF-16 of sound UTF-8; characters of three bytes, which Chinese is made of, eight at a time, where the runtime's own decoder goes one by one. Pure and safe for many threads.</summary>
internal static class Utf16Decoding
{
    // Characters that one step makes at most, and the bytes it looks at.
    private const int Step = 8;
    private const int StepBytes = 28;

    /// <summary>Decodes a text. Returns the number of UTF-16 units; there must be room for as many as there are bytes.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<char> to)
    {
        int written = 0;
        for (int at = 0; at < text.Length;)
        {
            Ascii.ToUtf16(text[at..], to[written..], out int plain);
            at += plain;
            written += plain;
            if (at < text.Length)
            {
                written += DecodeOthers(text, ref at, to[written..]);
            }
        }

        return written;
    }

    /// <summary>Decodes a text into an array that grows with it.</summary>
    public static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> text, ref char[] into)
    {
        if (into.Length < text.Length)
        {
            into = new char[Math.Max(text.Length, Math.Min(into.Length * 2, Array.MaxLength))];
        }

        return into.AsSpan(0, Decode(text, into));
    }

    /// <summary>Appends a text.</summary>
    public static StringBuilder Append(StringBuilder to, ReadOnlySpan<byte> text)
    {
        char[] decoded = ArrayPool<char>.Shared.Rent(text.Length);
        to.Append(decoded, 0, Decode(text, decoded));
        ArrayPool<char>.Shared.Return(decoded);
        return to;
    }

    // What stands at a place until ASCII follows.
    private static int DecodeOthers(ReadOnlySpan<byte> text, ref int at, Span<char> to)
    {
        int place = at, written = 0;
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ushort target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(to));
        while (place < text.Length && Unsafe.Add(ref first, place) >= 0x80)
        {
            int made = 0;
            while (Vector128.IsHardwareAccelerated && place <= text.Length - StepBytes && written <= to.Length - Step)
            {
                made = DecodeThreeByteOnes(ref Unsafe.Add(ref first, place), ref Unsafe.Add(ref target, written));
                place += 3 * made;
                written += made;
                if (made < Step)
                {
                    break;
                }
            }

            if (made == 0 && text[place] >= 0x80)
            {
                int bytes = DecodeOne(text[place..], to[written..]);
                place += bytes;
                written += bytes < 4 ? 1 : 2;
            }
        }

        at = place;
        return written;
    }

    // Up to eight characters, as far as all of them are of three bytes; returns how many. What is written behind them is of no meaning.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DecodeThreeByteOnes(ref byte first, ref ushort target)
    {
        Vector128<uint> lower = Parts(ref first), upper = Parts(ref Unsafe.Add(ref first, 12));
        Vector128.Narrow(Units(lower), Units(upper)).StoreUnsafe(ref target);
        return BitOperations.TrailingZeroCount(~(Leads(lower) | (Leads(upper) << 4)));
    }

    // Four times three bytes, the lead of each above its continuations.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Parts(ref byte from) =>
        Vector128.Shuffle(Vector128.LoadUnsafe(ref from), Vector128.Create((byte)2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16)).AsUInt32();

    // Of the three bytes 4, 6 and 6 bits count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Units(Vector128<uint> parts) =>
        (Vector128.ShiftRightLogical(parts, 4) & Vector128.Create(0xF000U)) | (Vector128.ShiftRightLogical(parts, 2) & Vector128.Create(0xFC0U)) | (parts & Vector128.Create(0x3FU));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Leads(Vector128<uint> parts) => Vector128.Equals(parts & Vector128.Create(0xF00000U), Vector128.Create(0xE00000U)).ExtractMostSignificantBits();

    // Returns its number of bytes.
    private static int DecodeOne(ReadOnlySpan<byte> text, Span<char> to)
    {
        byte lead = text[0];
        if (lead < 0xE0)
        {
            to[0] = (char)(((lead & 0x1F) << 6) | Tail(text[1]));
            return 2;
        }

        if (lead < 0xF0)
        {
            to[0] = (char)(((lead & 0xF) << 12) | (Tail(text[1]) << 6) | Tail(text[2]));
            return 3;
        }

        // Outside of the basic plane: 20 bits, ten to a surrogate.
        int bits = (((lead & 7) << 18) | (Tail(text[1]) << 12) | (Tail(text[2]) << 6) | Tail(text[3])) - 0x10000;
        to[0] = (char)(0xD800 | (bits >> 10));
        to[1] = (char)(0xDC00 | (bits & 0x3FF));
        return 4;
    }

    private static int Tail(byte continuation) => continuation & 0x3F;
}
