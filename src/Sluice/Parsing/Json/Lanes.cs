using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Parsing.Json;

/// <summary>
/// Looks at 64 bytes of a row at once, with the widest vectors that the processor has; the answer is one bit a byte, the first byte lowest. Callers make sure that there are 64
/// bytes, and room for 64 characters: nothing is checked here. What <c>parse</c> of tests/Sluice.Benchmarks measures stands on it.
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
            var bytes = Vector512.LoadUnsafe(ref from);
            return (Vector512.Equals(bytes, Vector512.Create((byte)'"')) | Vector512.Equals(bytes, Vector512.Create((byte)'\\')) | Vector512.LessThan(bytes, Vector512.Create((byte)' ')))
                .ExtractMostSignificantBits();
        }

        return Vector256.IsHardwareAccelerated
            ? Stops(Vector256.LoadUnsafe(ref from)) | ((ulong)Stops(Vector256.LoadUnsafe(ref from, 32)) << 32)
            : Stops(Vector128.LoadUnsafe(ref from)) | (Stops(Vector128.LoadUnsafe(ref from, 16)) << 16) | (Stops(Vector128.LoadUnsafe(ref from, 32)) << 32) | (Stops(Vector128.LoadUnsafe(ref from, 48)) << 48);
    }

    /// <summary>Makes a character of every byte, and tells where that is wrong: backslashes, and bytes outside of ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Widen(ref byte from, ref ushort to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref from);
            (Vector512<ushort> lower, Vector512<ushort> upper) = Vector512.Widen(bytes);
            lower.StoreUnsafe(ref to);
            upper.StoreUnsafe(ref to, 32);
            return (bytes | Vector512.Equals(bytes, Vector512.Create((byte)'\\'))).ExtractMostSignificantBits();
        }

        return Vector256.IsHardwareAccelerated
            ? Widen32(ref from, ref to) | ((ulong)Widen32(ref Unsafe.Add(ref from, 32), ref Unsafe.Add(ref to, 32)) << 32)
            : Widen16(ref from, ref to) | ((ulong)Widen16(ref Unsafe.Add(ref from, 16), ref Unsafe.Add(ref to, 16)) << 16)
                | ((ulong)Widen16(ref Unsafe.Add(ref from, 32), ref Unsafe.Add(ref to, 32)) << 32) | ((ulong)Widen16(ref Unsafe.Add(ref from, 48), ref Unsafe.Add(ref to, 48)) << 48);
    }

    /// <summary>As <see cref="Widen"/>, of 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Widen16(ref byte from, ref ushort to)
    {
        var bytes = Vector128.LoadUnsafe(ref from);
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(bytes);
        lower.StoreUnsafe(ref to);
        upper.StoreUnsafe(ref to, 8);
        return (bytes | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Widen32(ref byte from, ref ushort to)
    {
        var bytes = Vector256.LoadUnsafe(ref from);
        (Vector256<ushort> lower, Vector256<ushort> upper) = Vector256.Widen(bytes);
        lower.StoreUnsafe(ref to);
        upper.StoreUnsafe(ref to, 16);
        return (bytes | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stops(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\')) | Vector256.LessThan(bytes, Vector256.Create((byte)' '))).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Stops(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.LessThan(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
}
