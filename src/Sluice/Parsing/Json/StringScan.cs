using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Parsing.Json;

/// <summary>Finds where a JSON string ends.</summary>
internal static class StringScan
{
    private const ulong OddBits = 0xAAAAAAAAAAAAAAAA;

    /// <summary>
    /// The place of the closing quote, or -1 when the string is not sound: it does not end, holds a control character, or an escape that JSON does not know.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The byte behind the opening quote.</param>
    /// <param name="isEscaped">Whether there are backslashes in it.</param>
    public static int End(ReadOnlySpan<byte> row, int at, out bool isEscaped)
    {
        isEscaped = false;
        ref byte first = ref MemoryMarshal.GetReference(row);
        int last = row.Length - Lanes.Width;
        while (last >= 0 && at < row.Length)
        {
            // The last block of a row is looked at from its beginning, the bits before the place shifted out.
            int from = Math.Min(at, last);
            ulong stops = Lanes.Stops(ref Unsafe.Add(ref first, from)) >> (at - from);
            if (stops == 0)
            {
                at = from + Lanes.Width;
                continue;
            }

            int stop = at + BitOperations.TrailingZeroCount(stops);
            if (row[stop] != '\\')
            {
                return row[stop] == '"' ? stop : -1;
            }

            isEscaped = true;
            ulong slashes = Lanes.Find((byte)'\\', ref Unsafe.Add(ref first, from)) >> (at - from);
            ulong escapes = Escapes(slashes);
            ulong ends = stops & ~slashes & ~(escapes << 1);
            int end = at + BitOperations.TrailingZeroCount(ends);
            int odd = FindUnusual(row, at, ends == 0 ? escapes : escapes & ((1UL << (end - at)) - 1));
            if (odd >= 0)
            {
                return EndByStops(row, odd, ref isEscaped);
            }

            if (ends != 0)
            {
                return row[end] == '"' ? end : -1;
            }

            // An escape may reach over the block's end.
            at = from + Lanes.Width + (int)((escapes >> (Lanes.Width - 1 - (at - from))) & 1);
        }

        return at >= row.Length ? -1 : EndByStops(row, at, ref isEscaped);
    }

    // Which backslashes begin an escape, that is, are no escaped ones themselves; without a branch for each, after simdjson's "json_escape_scanner".
    private static ulong Escapes(ulong slashes) => (((slashes << 1) | OddBits) - slashes ^ OddBits) & slashes;

    // The first escape of more than two bytes, or that JSON does not know; -1 when there is none.
    private static int FindUnusual(ReadOnlySpan<byte> row, int at, ulong escapes)
    {
        ulong unusual = 0;
        for (ulong left = escapes; left != 0; left &= left - 1)
        {
            int place = at + BitOperations.TrailingZeroCount(left) + 1;
            unusual |= place >= row.Length || Json.Escapes.Meaning(row[place]) == 0 ? left : 0;
        }

        return unusual == 0 ? -1 : at + BitOperations.TrailingZeroCount(unusual);
    }

    // Stop by stop.
    private static int EndByStops(ReadOnlySpan<byte> row, int at, ref bool isEscaped)
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

                int length = found == '\\' ? Json.Escapes.Length(row[stop..]) : 0;
                if (length == 0)
                {
                    return -1;
                }

                // The escaped character itself stops nothing.
                isEscaped = true;
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
