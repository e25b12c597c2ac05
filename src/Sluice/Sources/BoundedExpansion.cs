namespace Sluice.Sources;

/// <summary>
/// Decompressed bytes up to the most that a file of its length may unpack to. The bound is a number of bytes from the file's beginning, so a
/// resumed run meets it at the same place.
/// </summary>
internal sealed class BoundedExpansion : ForwardStream
{
    // Text of one repeated row compresses a thousandfold and harms nobody while it is short.
    private const long Free = 64L << 20;
    private readonly Stream _inner;
    private readonly SourceFile _file;
    private readonly long _compressed;
    private readonly int _ratio;
    private readonly long _most;
    private long _given;

    /// <summary>Bounds a stream, and disposes it with itself.</summary>
    /// <param name="inner">The decompressed bytes from their beginning.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="compressed">Its length.</param>
    /// <param name="ratio">Decompressed bytes allowed for each compressed one.</param>
    public BoundedExpansion(Stream inner, SourceFile file, long compressed, int ratio)
    {
        (_inner, _file, _compressed, _ratio) = (inner, file, compressed, ratio);
        _most = Math.Max(Free, compressed > long.MaxValue / ratio ? long.MaxValue : compressed * ratio);
    }

    /// <summary>Reads; throws <see cref="ExpandedTooFarException"/> when all that is allowed has been given and there is more.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (_given == _most && !buffer.IsEmpty)
        {
            return _inner.Read(buffer[..1]) == 0 ? 0 : throw new ExpandedTooFarException(SourceFaults.Expanded(_file.Compression, _most, _compressed, _ratio));
        }

        int read = _inner.Read(buffer[..(int)Math.Min(buffer.Length, _most - _given)]);
        _given += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
