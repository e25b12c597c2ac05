using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Unicode;

namespace Sluice.Parsing.Json;

/// <summary>
/// Whether bytes are UTF-8: 16 or 64 bytes at a time by three look-ups of half bytes, after Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte", 2021, section 6.
/// The runtime's own check goes character by character outside of ASCII.
/// </summary>
internal static class Utf8Check
{
    // What a pair of bytes can have wrong, one bit each; a pair is wrong when all three look-ups agree on a bit. The last bit is that of two continuations in a row, which is
    // right behind the lead of a longer character, and only there.
    private const byte TooShort = 1 << 0;
    private const byte TooLong = 1 << 1;
    private const byte Overlong3 = 1 << 2;
    private const byte Surrogate = 1 << 4;
    private const byte Overlong2 = 1 << 5;
    private const byte TooLarge1000 = 1 << 6;
    private const byte Overlong4 = 1 << 6;
    private const byte TooLarge = 1 << 3;
    private const byte TwoContinuations = 1 << 7;
    private const byte Carry = TooShort | TooLong | TwoContinuations;

    // By the upper half of a pair's first byte, by its lower half, by the upper half of the second byte.
    private static Vector128<byte> HighOfFirst => Vector128.Create(
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoContinuations, TwoContinuations, TwoContinuations, TwoContinuations,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, (byte)(TooShort | TooLarge | TooLarge1000 | Overlong4));

    private static Vector128<byte> LowOfFirst => Vector128.Create(
        (byte)(Carry | Overlong3 | Overlong2 | Overlong4), Carry | Overlong2, Carry, Carry,
        Carry | TooLarge, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000,
        Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000 | Surrogate, Carry | TooLarge | TooLarge1000, Carry | TooLarge | TooLarge1000);

    private static Vector128<byte> HighOfSecond => Vector128.Create(
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        (byte)(TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge1000 | Overlong4),
        (byte)(TooLong | Overlong2 | TwoContinuations | Overlong3 | TooLarge),
        (byte)(TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge),
        (byte)(TooLong | Overlong2 | TwoContinuations | Surrogate | TooLarge),
        TooShort, TooShort, TooShort, TooShort);

    /// <summary>Whether all of the bytes are whole, sound characters.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes) =>
        Avx512BW.IsSupported && bytes.Length >= 67 ? IsValidWide(bytes) : Ascii.IsValid(bytes) || (bytes.Length < 32 || !Vector128.IsHardwareAccelerated ? Utf8.IsValid(bytes) : IsValidAnywhere(bytes));

    private static bool IsValidWide(ReadOnlySpan<byte> bytes)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Vector512<byte> highOfFirst = Wide(HighOfFirst), lowOfFirst = Wide(LowOfFirst), highOfSecond = Wide(HighOfSecond);
        Vector512<byte> wrong = Vector512<byte>.Zero;
        if (Vector512.LoadUnsafe(ref first).ExtractMostSignificantBits() != 0)
        {
            Span<byte> beginning = stackalloc byte[128];
            beginning[..64].Clear();
            bytes[..64].CopyTo(beginning[64..]);
            wrong = Wrong(ref MemoryMarshal.GetReference(beginning), 64, highOfFirst, lowOfFirst, highOfSecond);
        }

        // The last block is looked at from its end.
        int last = bytes.Length - 64;
        for (int at = 64; at < last; at += 64)
        {
            wrong |= Wrong(ref first, at, highOfFirst, lowOfFirst, highOfSecond);
        }

        wrong |= Wrong(ref first, last, highOfFirst, lowOfFirst, highOfSecond);

        return wrong == Vector512<byte>.Zero && bytes[^1] < 0xC0 && bytes[^2] < 0xE0 && bytes[^3] < 0xF0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Wrong(ref byte first, int at, Vector512<byte> highOfFirst, Vector512<byte> lowOfFirst, Vector512<byte> highOfSecond)
    {
        var bytes = Vector512.LoadUnsafe(ref first, (nuint)at);
        var third = Vector512.LoadUnsafe(ref first, (nuint)(at - 3));
        if ((bytes | third).ExtractMostSignificantBits() == 0)
        {
            return Vector512<byte>.Zero;
        }

        var before = Vector512.LoadUnsafe(ref first, (nuint)(at - 1));
        var second = Vector512.LoadUnsafe(ref first, (nuint)(at - 2));
        var low = Vector512.Create((byte)0x0F);
        Vector512<byte> pair = Avx512BW.Shuffle(highOfFirst, Vector512.ShiftRightLogical(before.AsUInt16(), 4).AsByte() & low)
            & Avx512BW.Shuffle(lowOfFirst, before & low)
            & Avx512BW.Shuffle(highOfSecond, Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & low);
        Vector512<byte> inside = Vector512.GreaterThanOrEqual(second, Vector512.Create((byte)0xE0)) | Vector512.GreaterThanOrEqual(third, Vector512.Create((byte)0xF0));
        return pair ^ (inside & Vector512.Create(TwoContinuations));
    }

    private static bool IsValidAnywhere(ReadOnlySpan<byte> bytes)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);

        // Nothing stands before the first bytes: they are looked at once more behind that.
        Span<byte> beginning = stackalloc byte[32];
        beginning.Clear();
        bytes[..16].CopyTo(beginning[16..]);
        Vector128<byte> wrong = Wrong(ref MemoryMarshal.GetReference(beginning), 16);
        int last = bytes.Length - 16;
        for (int at = 16; at < last; at += 16)
        {
            wrong |= Wrong(ref first, at);
        }

        wrong |= Wrong(ref first, last);
        return wrong == Vector128<byte>.Zero && bytes[^1] < 0xC0 && bytes[^2] < 0xE0 && bytes[^3] < 0xF0;
    }

    private static Vector512<byte> Wide(Vector128<byte> table) => Vector512.Create(Vector256.Create(table, table), Vector256.Create(table, table));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Wrong(ref byte first, int at)
    {
        var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
        var third = Vector128.LoadUnsafe(ref first, (nuint)(at - 3));
        if ((bytes | third).ExtractMostSignificantBits() == 0)
        {
            return Vector128<byte>.Zero;
        }

        var before = Vector128.LoadUnsafe(ref first, (nuint)(at - 1));
        var second = Vector128.LoadUnsafe(ref first, (nuint)(at - 2));
        var low = Vector128.Create((byte)0x0F);
        Vector128<byte> pair = Vector128.ShuffleNative(HighOfFirst, Vector128.ShiftRightLogical(before, 4))
            & Vector128.ShuffleNative(LowOfFirst, before & low)
            & Vector128.ShuffleNative(HighOfSecond, Vector128.ShiftRightLogical(bytes, 4));

        // Behind the lead of three bytes the second, behind that of four the second and third must be continuations of a continuation.
        Vector128<byte> inside = Vector128.GreaterThanOrEqual(second, Vector128.Create((byte)0xE0)) | Vector128.GreaterThanOrEqual(third, Vector128.Create((byte)0xF0));
        return pair ^ (inside & Vector128.Create(TwoContinuations));
    }
}
