namespace Sluice.Sources;

/// <summary>A stream that, once asked to, goes on with further bytes after its end.</summary>
/// <param name="inner">The bytes proper; disposed with this.</param>
/// <param name="tail">The bytes that follow.</param>
internal sealed class TailedStream(Stream inner, byte[] tail) : ForwardStream
{
    private bool _serving;
    private int _served;

    /// <summary>From now on the tail is read.</summary>
    public void ServeTail() => _serving = true;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (!_serving)
        {
            return inner.Read(buffer);
        }

        int length = Math.Min(buffer.Length, tail.Length - _served);
        tail.AsSpan(_served, length).CopyTo(buffer);
        _served += length;
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
