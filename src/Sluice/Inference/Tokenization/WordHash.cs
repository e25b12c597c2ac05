using System.Runtime.InteropServices;

namespace Sluice.Inference.Tokenization;

/// <summary>A quick hash of a short run of characters, the same in every process.</summary>
internal static class WordHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>The hash of the characters.</summary>
    public static uint Of(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(word);
        ulong hash = (ulong)bytes.Length * Multiplier;
        if (bytes.Length >= 8)
        {
            // The last block overlaps the one before, so that no tail is read unit by unit.
            for (int at = 0; at < bytes.Length - 8; at += 8)
            {
                hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[at..]));
            }

            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes[^8..]));
        }
        else
        {
            ulong tail = 0;
            foreach (char c in word)
            {
                tail = (tail << 16) | c;
            }

            hash = Mix(hash ^ tail);
        }

        return (uint)(hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 29);
    }
}
