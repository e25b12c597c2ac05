using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Parsing.Json;

/// <summary>Makes the text of a JSON string with escapes in it.</summary>
internal static class StringDecoding
{
    /// <summary>Bytes that must be free behind those of the text: so many are written at once, before it is known how many of them stand.</summary>
    public const int Slack = Lanes.Width;

    /// <summary>Writes the text. Returns the number of its bytes; -1 when an escaped surrogate stands alone in it.</summary>
    /// <param name="inside">What stands between the quotes, whose escapes <see cref="StringScan"/> has found sound.</param>
    /// <param name="to">Takes the text, which is never longer than what stands between the quotes; must have room for that, and <see cref="Slack"/>.</param>
    public static int Decode(ReadOnlySpan<byte> inside, Span<byte> to)
    {
        if (to.Length < inside.Length + Slack)
        {
            throw new ArgumentException("Found less room than the text needs. This is a bug.", nameof(to));
        }

        int at = 0, written = 0;
        while (true)
        {
            int plain = CopyPlain(inside[at..], to[written..]);
            at += plain;
            written += plain;
            if (at == inside.Length)
            {
                return written;
            }

            byte meaning = Escapes.Meaning(inside[at + 1]);
            int length = 2, bytes = 1;
            to[written] = meaning;
            if (meaning == 0)
            {
                bytes = Escapes.Decode(inside[at..], to[written..], out length);
                if (bytes < 0)
                {
                    return -1;
                }
            }

            at += length;
            written += bytes;
        }
    }

    // Copies up to the next backslash, and as much behind it as is written over. Returns the number of bytes that count.
    private static int CopyPlain(ReadOnlySpan<byte> text, Span<byte> to)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref byte target = ref MemoryMarshal.GetReference(to);
        int at = 0;
        for (; at <= text.Length - Lanes.Width; at += Lanes.Width)
        {
            Lanes.Copy(ref Unsafe.Add(ref first, at), ref Unsafe.Add(ref target, at));
            ulong stops = Lanes.Find((byte)'\\', ref Unsafe.Add(ref first, at));
            if (stops != 0)
            {
                return at + BitOperations.TrailingZeroCount(stops);
            }
        }

        ReadOnlySpan<byte> rest = text[at..];
        int length = rest.IndexOf((byte)'\\');
        rest = length < 0 ? rest : rest[..length];
        rest.CopyTo(to[at..]);
        return at + rest.Length;
    }
}
