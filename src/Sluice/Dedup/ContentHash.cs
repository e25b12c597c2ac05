using System.Buffers.Binary;
using System.Security.Cryptography;
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
        ByteBuffer content = new(1024);
        try
        {
            Write(turns, ref content);
            return OfWritten(content.Written);
        }
        finally
        {
            content.Dispose();
        }
    }

    /// <summary>Appends each turn: its role, the bytes of its text (32 bits, little-endian), its normalised text as UTF-8.</summary>
    internal static void Write(ReadOnlySpan<Turn> turns, ref ByteBuffer content)
    {
        foreach (ref readonly Turn turn in turns)
        {
            int frame = content.Length;
            content.Reserve(FrameBytes)[0] = (byte)turn.Role;
            content.Advance(FrameBytes);
            ContentNormalizer.Append(turn.Text.Span, ref content);
            BinaryPrimitives.WriteInt32LittleEndian(content.Slice(frame + 1, sizeof(int)), content.Length - frame - FrameBytes);
        }
    }

    /// <summary>Where the text of the turn begins and ends that stands at <paramref name="frame"/> of written turns; the end is where the next one stands.</summary>
    internal static Range TextAt(ReadOnlySpan<byte> content, int frame)
    {
        int start = frame + FrameBytes;
        return start..(start + BinaryPrimitives.ReadInt32LittleEndian(content[(frame + 1)..]));
    }

    /// <summary>The hash of turns that are written already.</summary>
    internal static UInt128 OfWritten(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
