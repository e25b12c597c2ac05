using System.IO.Compression;
using System.Text;

namespace Sluice.Sources;

/// <summary>
/// A gzip stream that tells a whole file from one cut short, which <see cref="GZipStream"/> by default does not. When the file ends it is fed
/// one further member with a known content: only a decoder that stands at the end of a whole member gives that content back.
/// </summary>
internal sealed class CheckedGZipStream : ForwardStream
{
    private static readonly byte[] s_mark = Encoding.ASCII.GetBytes("end of the last member");
    private readonly TailedStream _compressed;
    private readonly GZipStream _decoder;
    private bool _ended;

    /// <summary>Takes the compressed bytes, and disposes them with itself.</summary>
    public CheckedGZipStream(Stream compressed)
    {
        _compressed = new TailedStream(compressed, Member(s_mark));
        _decoder = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = _ended || buffer.IsEmpty ? 0 : _decoder.Read(buffer);
        if (read == 0 && !buffer.IsEmpty && !_ended)
        {
            _ended = true;
            CheckEnd();
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        _compressed.ServeTail();
        byte[] found = new byte[s_mark.Length + 1];
        int length;
        try
        {
            length = _decoder.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException("the file ends inside a gzip member");
        }

        if (length == 0)
        {
            throw new InvalidDataException("other bytes follow the last gzip member");
        }

        if (!found.AsSpan(0, length).SequenceEqual(s_mark))
        {
            throw new InvalidDataException("the file ends inside a gzip member");
        }
    }

    private static byte[] Member(byte[] content)
    {
        using MemoryStream bytes = new();
        using (GZipStream encoder = new(bytes, CompressionLevel.Fastest))
        {
            encoder.Write(content);
        }

        return bytes.ToArray();
    }
}
