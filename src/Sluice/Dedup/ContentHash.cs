using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sluice.Records;

namespace Sluice.Dedup;

/// <summary>128-bit hash of a row's normalised content: the first 16 bytes of SHA-256, big-endian. Pure and safe for many threads.</summary>
internal static class ContentHash
{
    // Role and length stand before each text, so no text can pass for a turn boundary.
    private const int FrameBytes = 5;

    /// <summary>The hash of the turns' roles and normalised texts, in order.</summary>
    public static UInt128 Compute(ReadOnlySpan<Turn> turns)
    {
        CharBuffer buffer = new(1024);
        int[] ends = ArrayPool<int>.Shared.Rent(turns.Length);
        try
        {
            Normalize(turns, ref buffer, ends);
            return Compute(turns, buffer.From(0), ends);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(ends);
            buffer.Dispose();
        }
    }

    /// <summary>Appends each turn's normalised text and notes where it ends.</summary>
    internal static void Normalize(ReadOnlySpan<Turn> turns, ref CharBuffer buffer, Span<int> ends)
    {
        for (int i = 0; i < turns.Length; i++)
        {
            ContentNormalizer.Append(turns[i].Text.Span, ref buffer);
            ends[i] = buffer.Length;
        }
    }

    /// <summary>The hash of texts that are normalised already, standing one after the other.</summary>
    internal static UInt128 Compute(ReadOnlySpan<Turn> turns, ReadOnlySpan<char> normalized, ReadOnlySpan<int> ends)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(checked(Encoding.UTF8.GetMaxByteCount(normalized.Length) + FrameBytes * turns.Length));
        try
        {
            int length = 0;
            int start = 0;
            for (int i = 0; i < turns.Length; i++)
            {
                int written = Encoding.UTF8.GetBytes(normalized[start..ends[i]], bytes.AsSpan(length + FrameBytes));
                bytes[length] = (byte)turns[i].Role;
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length + 1), written);
                length += FrameBytes + written;
                start = ends[i];
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, length), hash);
            return BinaryPrimitives.ReadUInt128BigEndian(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
