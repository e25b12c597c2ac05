using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Parsing.Json;

/// <summary>
/// Looks at 64 bytes of a row at once, with the widest vectors that the processor has; the answer is one bit a byte, the first byte lowest. Callers make sure that there are 64
/// bytes, and room for as many: nothing is checked here. What <c>parse</c> of tests/Sluice.Benchmarks measures stands on it.
/// </summary>
internal static class Lanes
{
    /// <summary>Bytes looked at at once.</summary>
    public const int Width = 64;

    /// <summary>Where the inside of a JSON string may not simply go on: quotes, backslashes, control characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Stops(ref byte from)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Stops(Vector512.LoadUnsafe(ref from)).ExtractMostSignificantBits();
        }

        return Vector256.IsHardwareAccelerated
            ? Stops(Vector256.LoadUnsafe(ref from)).ExtractMostSignificantBits() | ((ulong)Stops(Vector256.LoadUnsafe(ref from, 32)).ExtractMostSignificantBits() << 32)
            : Stops(Vector128.LoadUnsafe(ref from)).ExtractMostSignificantBits() | (Stops(Vector128.LoadUnsafe(ref from, 16)).ExtractMostSignificantBits() << 16)
                | ((ulong)Stops(Vector128.LoadUnsafe(ref from, 32)).ExtractMostSignificantBits() << 32) | ((ulong)Stops(Vector128.LoadUnsafe(ref from, 48)).ExtractMostSignificantBits() << 48);
    }

    /// <summary>Where a byte stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(byte value, ref byte from)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref from), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            var sought = Vector256.Create(value);
            return Vector256.Equals(Vector256.LoadUnsafe(ref from), sought).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref from, 32), sought).ExtractMostSignificantBits() << 32);
        }

        ulong found = 0;
        for (int part = 0; part < Width; part += 16)
        {
            found |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref from, (nuint)part), Vector128.Create(value)).ExtractMostSignificantBits() << part;
        }

        return found;
    }

    /// <summary>Copies all bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512.LoadUnsafe(ref from).StoreUnsafe(ref to);
            return;
        }

        (Vector256<byte> lower, Vector256<byte> upper) = (Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, 32));
        lower.StoreUnsafe(ref to);
        upper.StoreUnsafe(ref to, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Stops(Vector512<byte> bytes) =>
        Vector512.Equals(bytes, Vector512.Create((byte)'"')) | Vector512.Equals(bytes, Vector512.Create((byte)'\\')) | Vector512.LessThan(bytes, Vector512.Create((byte)' '));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Stops(Vector256<byte> bytes) =>
        Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')) | Vector256.LessThan(bytes, Vector256.Create((byte)' '));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Stops(Vector128<byte> bytes) =>
        Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
}
