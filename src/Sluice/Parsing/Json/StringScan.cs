using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Parsing.Json;

/// <summary>Finds where a JSON string ends.</summary>
internal static class StringScan
{
    /// <summary>
    /// The place of the closing quote, or -1 when the string is not sound: it does not end, holds a control character, or an escape that JSON does not know.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The byte behind the opening quote.</param>
    public static int End(ReadOnlySpan<byte> row, int at)
    {
        while (at < row.Length)
        {
            ulong stops = Stops(row, at);
            int end = Math.Min(at + Lanes.Width, row.Length);
            int block = at;
            at = end;
            while (stops != 0)
            {
                int stop = block + BitOperations.TrailingZeroCount(stops);
                byte found = row[stop];
                if (found == '"')
                {
                    return stop;
                }

                int length = found == '\\' ? Escapes.Length(row[stop..]) : 0;
                if (length == 0)
                {
                    return -1;
                }

                // The escaped character itself stops nothing.
                int next = stop + length;
                if (next >= end)
                {
                    at = next;
                    break;
                }

                stops &= ulong.MaxValue << (next - block);
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Stops(ReadOnlySpan<byte> row, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(row);
        if (row.Length - at >= Lanes.Width)
        {
            return Lanes.Stops(ref Unsafe.Add(ref first, at));
        }

        return row.Length >= Lanes.Width
            ? Lanes.Stops(ref Unsafe.Add(ref first, row.Length - Lanes.Width)) >> (Lanes.Width - (row.Length - at))
            : StopsOfShortRow(row, at);
    }

    private static ulong StopsOfShortRow(ReadOnlySpan<byte> row, int at)
    {
        Span<byte> padded = stackalloc byte[Lanes.Width];
        padded.Fill((byte)' ');
        row[at..].CopyTo(padded);
        return Lanes.Stops(ref MemoryMarshal.GetReference(padded));
    }
}
