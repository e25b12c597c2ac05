using System.Globalization;
using Sluice.Records;

namespace Sluice.Sources;

/// <summary>Opens the decompressed bytes of a file at an offset: plain files seek, compressed ones decompress and skip.</summary>
internal static class FileBytes
{
    private const int BufferLength = 128 * 1024;

    /// <summary>A stream whose next byte is the one at <paramref name="offset"/>. Throws <see cref="IOException"/> when the file is absent or ends before it.</summary>
    public static async ValueTask<Stream> OpenAsync(SourceFile file, long offset, SourceLimits limits, IStreamDecoder zstandard, CancellationToken token)
    {
        if (file.Compression != Compression.None)
        {
            RescuingStream rescuing = new(() => Decoded(file.Path, file.Compression, zstandard));
            BoundedExpansion stream = new(rescuing, file, FileStamp.Of(file.Path).Bytes, limits.MaxCompressionRatio);
            await SkipAsync(stream, file, offset, token);
            return stream;
        }

        FileStream plain = Plain(file.Path, bufferLength: 0);
        if (offset > plain.Length)
        {
            long length = plain.Length;
            await plain.DisposeAsync();
            throw Shrunk(file, length, offset);
        }

        plain.Position = offset;
        return plain;
    }

    /// <summary>The decompressed bytes of a file from its beginning.</summary>
    public static Stream Decoded(string path, Compression compression, IStreamDecoder zstandard) => compression switch
    {
        Compression.GZip => new CheckedGZipStream(Plain(path, BufferLength)),
        Compression.Zstandard => zstandard.Decode(Plain(path, BufferLength)),
        _ => Plain(path, BufferLength),
    };

    /// <summary>The first decompressed bytes of a file, fewer when it is shorter. Throws <see cref="InvalidDataException"/> when they cannot be decompressed.</summary>
    public static byte[] Head(string path, Compression compression, int length, IStreamDecoder zstandard)
    {
        // Without a buffer of its own where the head is all that is read: runs of a hundred thousand files open each.
        using RescuingStream stream = new(() => compression == Compression.None ? Plain(path, bufferLength: 0) : Decoded(path, compression, zstandard));
        byte[] head = new byte[length];
        int read = stream.ReadAtLeast(head, length, throwOnEndOfStream: false);
        return head[..read];
    }

    private static FileStream Plain(string path, int bufferLength) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferLength, FileOptions.SequentialScan);

    private static async ValueTask SkipAsync(Stream stream, SourceFile file, long offset, CancellationToken token)
    {
        byte[] scratch = new byte[BufferLength];
        for (long left = offset; left > 0;)
        {
            int read = await stream.ReadAsync(scratch.AsMemory(0, (int)Math.Min(left, scratch.Length)), token);
            if (read == 0)
            {
                await stream.DisposeAsync();
                throw Shrunk(file, offset - left, offset);
            }

            left -= read;
        }
    }

    private static IOException Shrunk(SourceFile file, long length, long offset) => new(string.Create(CultureInfo.InvariantCulture,
        $"Found '{file.Path}' to end at byte {length:N0}, expected at least {offset:N0} as when it was last read; the file has changed. Start afresh."));
}
