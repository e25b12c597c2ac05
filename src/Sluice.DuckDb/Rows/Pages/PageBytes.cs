using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using Sluice.Records;

namespace Sluice.DuckDb.Rows.Pages;

/// <summary>Reads bytes of a file's pages.</summary>
/// <param name="file">The file.</param>
/// <param name="zstandard">Opens pages compressed with Zstandard; null when they are not looked into.</param>
internal sealed class PageBytes(SafeFileHandle file, IStreamDecoder? zstandard)
{
    private const int Uncompressed = 0;
    private const int Snappy = 1;
    private const int GZip = 2;
    private const int Brotli = 4;
    private const int Zstandard = 6;

    // Compressed bytes read at first; levels of a whole page rarely need more.
    private const int Usual = 64 * 1024;

    /// <summary>Length of the file.</summary>
    public long Length { get; } = RandomAccess.GetLength(file);

    /// <summary>Whether pages of a codec can be looked into.</summary>
    public bool CanOpen(int codec) => codec is Uncompressed or Snappy or GZip or Brotli || (codec == Zstandard && zstandard is not null);

    /// <summary>Bytes of the file, fewer at its end.</summary>
    public byte[] Read(long at, int count)
    {
        byte[] bytes = new byte[Math.Min(count, Math.Max(0, Length - at))];
        int read = 0;
        for (int some; read < bytes.Length && (some = RandomAccess.Read(file, bytes.AsSpan(read), at + read)) > 0;)
        {
            read += some;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>The first bytes of a page, decompressed; fewer when it holds fewer or is damaged.</summary>
    public byte[] Start(long at, long length, int codec, int count)
    {
        byte[] bytes = Decode(Read(at, (int)Math.Min(length, codec == Uncompressed ? count : Math.Max(Usual, count))), codec, count);
        return bytes.Length == count || length <= Usual ? bytes : Decode(Read(at, (int)Math.Min(length, Array.MaxLength)), codec, count);
    }

    private byte[] Decode(byte[] page, int codec, int count)
    {
        if (codec == Uncompressed)
        {
            return page.Length <= count ? page : page[..count];
        }

        byte[] bytes = new byte[count];
        int read = 0;
        if (codec == Snappy)
        {
            read = SnappyStart.Decode(page, bytes);
        }
        else
        {
            try
            {
                using Stream stream = Open(new MemoryStream(page), codec);
                for (int some; read < count && (some = stream.Read(bytes, read, Math.Min(4096, count - read))) > 0;)
                {
                    read += some;
                }
            }
            catch (InvalidDataException)
            {
                // Cut off on purpose, or damaged: what came before that is what there is.
            }
        }

        return bytes[..read];
    }

    private Stream Open(Stream page, int codec) => codec switch
    {
        GZip => new GZipStream(page, CompressionMode.Decompress),
        Brotli => new BrotliStream(page, CompressionMode.Decompress),
        _ => zstandard!.Decode(page),
    };
}
