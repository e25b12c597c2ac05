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
            return Stops(Vector512.LoadUnsafe(ref from)).ExtractMostSignificantBits();
        }

        return Vector256.IsHardwareAccelerated
            ? Stops(Vector256.LoadUnsafe(ref from)).ExtractMostSignificantBits() | ((ulong)Stops(Vector256.LoadUnsafe(ref from, 32)).ExtractMostSignificantBits() << 32)
            : Stops(Vector128.LoadUnsafe(ref from)).ExtractMostSignificantBits() | (Stops(Vector128.LoadUnsafe(ref from, 16)).ExtractMostSignificantBits() << 16)
                | ((ulong)Stops(Vector128.LoadUnsafe(ref from, 32)).ExtractMostSignificantBits() << 32) | ((ulong)Stops(Vector128.LoadUnsafe(ref from, 48)).ExtractMostSignificantBits() << 48);
    }

    /// <summary>Where text may not simply be widened: what <see cref="Stops(ref byte)"/> tells, and bytes outside of ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StopsAndOthers(ref byte from)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref from);
            return Stops(bytes).ExtractMostSignificantBits() | bytes.ExtractMostSignificantBits();
        }

        return Vector256.IsHardwareAccelerated
            ? StopsAndOthers(Vector256.LoadUnsafe(ref from)) | (StopsAndOthers(Vector256.LoadUnsafe(ref from, 32)) << 32)
            : StopsAndOthers(Vector128.LoadUnsafe(ref from)) | (StopsAndOthers(Vector128.LoadUnsafe(ref from, 16)) << 16)
                | (StopsAndOthers(Vector128.LoadUnsafe(ref from, 32)) << 32) | (StopsAndOthers(Vector128.LoadUnsafe(ref from, 48)) << 48);
    }

    /// <summary>Makes a character of every byte; outside of ASCII it is of no meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(ref byte from, ref ushort to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            (Vector512<ushort> lower, Vector512<ushort> upper) = Vector512.Widen(Vector512.LoadUnsafe(ref from));
            lower.StoreUnsafe(ref to);
            upper.StoreUnsafe(ref to, 32);
            return;
        }

        for (nuint part = 0; part < Width; part += 16)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, part));
            lower.StoreUnsafe(ref to, part);
            upper.StoreUnsafe(ref to, part + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StopsAndOthers(Vector256<byte> bytes) => (bytes | Stops(bytes)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StopsAndOthers(Vector128<byte> bytes) => (bytes | Stops(bytes)).ExtractMostSignificantBits();

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
