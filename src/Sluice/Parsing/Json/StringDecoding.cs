using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Parsing.Json;

/// <summary>Finds where a JSON string ends and makes characters of it, both in one pass.</summary>
internal static class StringDecoding
{
    /// <summary>Characters that must be free behind those of the text: so many are written at once, before it is known how many of them stand.</summary>
    public const int Slack = Lanes.Width;

    // A step looks at so many bytes from its beginning, and from any place in it copies so many more.
    private const int StepReach = 2 * Lanes.Width;
    private const int Unsound = -1;
    private const int RowEndsNear = -2;
    private const int LoneSurrogate = -3;

    /// <summary>The place of the closing quote, or -1 when the string is not sound: the same as that of <see cref="StringScan"/>.</summary>
    /// <param name="row">The row, which is UTF-8.</param>
    /// <param name="at">The byte behind the opening quote.</param>
    /// <param name="to">Takes the text; a character for each byte of it suffices, and <see cref="Slack"/>.</param>
    /// <param name="length">UTF-16 units of the text; -1 when an escaped surrogate stands alone in it.</param>
    public static int Decode(ReadOnlySpan<byte> row, int at, Span<char> to, out int length)
    {
        int place = at;
        length = 0;
        int quote = Decode(row, ref place, to, ref length);
        if (quote == RowEndsNear)
        {
            quote = DecodeEnd(row, place, to, ref length);
        }

        if (quote != LoneSurrogate)
        {
            return quote;
        }

        length = -1;
        return StringScan.End(row, at);
    }

    // The same over a copy of the row's last bytes. The zeros behind them, which fresh memory of the stack holds, stop it.
    private static int DecodeEnd(ReadOnlySpan<byte> row, int at, Span<char> to, ref int length)
    {
        Span<byte> padded = stackalloc byte[2 * StepReach];
        int place = StepReach - (row.Length - at);
        if (row.Length >= StepReach)
        {
            row[^StepReach..].CopyTo(padded);
        }
        else
        {
            row[at..].CopyTo(padded[place..]);
        }

        int shift = at - place;
        int quote = Decode(padded, ref place, to, ref length);
        return quote < 0 ? quote : quote + shift;
    }

    private static int Decode(ReadOnlySpan<byte> row, ref int at, Span<char> to, ref int length)
    {
        // No reference to these is ever taken: the loop stands or falls with their being in registers.
        int place = at, written = length;
        int result = RowEndsNear;
        ref byte first = ref MemoryMarshal.GetReference(row);
        ref ushort target = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(to));
        while (result == RowEndsNear && place <= row.Length - StepReach)
        {
            int block = place;
            ulong stops = Lanes.StopsAndOthers(ref Unsafe.Add(ref first, block));
            while (true)
            {
                if (written > to.Length - Slack)
                {
                    throw new ArgumentException("Found less room than the text needs. This is a bug.", nameof(to));
                }

                // The plain part up to the stop, and as much behind it as is written over.
                Lanes.Widen(ref Unsafe.Add(ref first, place), ref Unsafe.Add(ref target, written));
                if (stops == 0)
                {
                    written += block + Lanes.Width - place;
                    place = block + Lanes.Width;
                    break;
                }

                int stop = block + BitOperations.TrailingZeroCount(stops);
                written += stop - place;
                place = stop;

                byte found = Unsafe.Add(ref first, place);
                if (found == '\\')
                {
                    byte meaning = Escapes.Meaning(Unsafe.Add(ref first, place + 1));
                    Unsafe.Add(ref target, written) = meaning;
                    int units = meaning != 0 ? 1 : Escapes.Decode(row[place..], to[written..]);
                    if (units <= 0)
                    {
                        result = units < 0 ? LoneSurrogate : Unsound;
                        break;
                    }

                    written += units;
                    place += meaning != 0 ? 2 : units * Escapes.UnicodeLength;
                }
                else if (found >= 0x80)
                {
                    int behind = place;
                    written += Transcoding.Decode(row, ref behind, to[written..]);
                    place = behind;
                }
                else
                {
                    result = found == '"' ? place : Unsound;
                    break;
                }

                if (place - block >= Lanes.Width)
                {
                    break;
                }

                stops &= ulong.MaxValue << (place - block);
            }
        }

        at = place;
        length = written;
        return result;
    }
}
