namespace Sluice.Zstd;

/// <summary>The decompressed bytes of a stream of frames.</summary>
internal sealed class ZstdDecodingStream : ReadOnlyStream
{
    private readonly ZstdApi _api;
    private readonly ZstdHandle _decoder;
    private readonly Stream _compressed;
    private readonly byte[] _input;
    private int _start;
    private int _end;
    private long _consumed;

    // A stream without any frame is as incomplete as one that ends within a frame.
    private bool _incomplete = true;

    public unsafe ZstdDecodingStream(ZstdApi api, Stream compressed)
    {
        _api = api;
        _compressed = compressed;
        _input = new byte[(int)api.DecoderInputSize()];
        _decoder = new ZstdHandle(api.CreateDecoder(), api.FreeDecoder);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int written = Decode(buffer);
            if (written > 0)
            {
                return written;
            }

            if (_start == _end && !Take(_compressed.Read(_input)))
            {
                break;
            }
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            int written = Decode(buffer.Span);
            if (written > 0)
            {
                return written;
            }

            if (_start == _end && !Take(await _compressed.ReadAsync(_input, cancellationToken)))
            {
                break;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            _compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    // The bytes decoded into the buffer; 0 when more input is needed. The decoder may hold output back that did not fit before, so it is asked even without input.
    private unsafe int Decode(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_decoder.IsClosed, this);
        if (_start == _end && !_incomplete)
        {
            return 0;
        }

        fixed (byte* output = buffer)
        fixed (byte* input = _input)
        {
            ZstdBuffer to = new() { Start = output, Size = (nuint)buffer.Length };
            ZstdBuffer from = new() { Start = input + _start, Size = (nuint)(_end - _start) };
            nuint left = _api.Decompress(_decoder.Value, &to, &from);
            if (_api.Error(left) is { } error)
            {
                throw new InvalidDataException($"The Zstandard data is corrupt at or before compressed byte {_consumed + _end}: {error}.");
            }

            _start += (int)from.Position;
            _incomplete = left != 0;
            return (int)to.Position;
        }
    }

    private bool Take(int read)
    {
        _consumed += _end;
        _start = 0;
        _end = read;
        return read > 0
            ? true
            : _incomplete
                ? throw new InvalidDataException($"The Zstandard data is cut short: it ends after {_consumed} compressed bytes, within a frame.")
                : false;
    }
}
