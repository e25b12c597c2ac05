namespace Sluice.Sources;

/// <summary>
/// Decompressed bytes of a file that may be damaged. A decoder that meets damage throws away what the same read had already given; so the
/// file is then decoded once more and its last stretch is read byte by byte, and every byte before the damage comes through, whatever the buffer sizes.
/// </summary>
internal sealed class RescuingStream : ForwardStream
{
    private readonly Func<Stream> _open;
    private Stream _inner;
    private long _given;
    private bool _rescuing;
    private InvalidDataException? _damage;

    /// <summary>Opens the file.</summary>
    /// <param name="open">Opens the decompressed bytes from their beginning; called a second time when they turn out damaged.</param>
    public RescuingStream(Func<Stream> open)
    {
        _open = open;
        _inner = open();
    }

    /// <summary>Reads; throws <see cref="InvalidDataException"/> once everything before the damage has been given.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (!_rescuing)
        {
            try
            {
                int read = _inner.Read(buffer);
                _given += read;
                return read;
            }
            catch (InvalidDataException)
            {
                Reopen();
            }
        }

        return Rescue(buffer);
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

    private int Rescue(Span<byte> buffer)
    {
        int given = 0;
        try
        {
            while (_damage is null && given < buffer.Length && _inner.Read(buffer.Slice(given, 1)) > 0)
            {
                given++;
            }
        }
        catch (InvalidDataException error)
        {
            _damage = error;
        }

        return given == 0 && _damage is not null ? throw new InvalidDataException(_damage.Message, _damage) : given;
    }

    private void Reopen()
    {
        _rescuing = true;
        _inner.Dispose();
        _inner = _open();
        byte[] scratch = new byte[4096];
        for (long left = _given; left > 0;)
        {
            int read = _inner.Read(scratch.AsSpan(0, (int)Math.Min(left, scratch.Length)));
            if (read == 0)
            {
                throw new InvalidDataException("the file changed while it was read");
            }

            left -= read;
        }
    }
}
