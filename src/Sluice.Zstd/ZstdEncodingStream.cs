namespace Sluice.Zstd;

/// <summary>Compresses what is written to it into one frame.</summary>
internal sealed class ZstdEncodingStream : Stream
{
    private const int Level = 100;
    private const int Checksum = 201;
    private const int Continue = 0;
    private const int End = 2;

    private readonly ZstdApi _api;
    private readonly ZstdHandle _encoder;
    private readonly Stream _destination;
    private readonly byte[] _output;

    public unsafe ZstdEncodingStream(ZstdApi api, Stream destination, int level)
    {
        _api = api;
        _destination = destination;
        _output = new byte[(int)api.EncoderOutputSize()];
        _encoder = new ZstdHandle(api.CreateEncoder(), api.FreeEncoder);
        Check(api.SetParameter(_encoder.Value, Level, level));
        Check(api.SetParameter(_encoder.Value, Checksum, 1));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_encoder.IsClosed, this);
        Compress(buffer, Continue);
    }

    public override void Flush()
    {
        // What the encoder holds back belongs to a block that is not full; ending it early would only cost compression.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_encoder.IsClosed)
        {
            using (_encoder)
            {
                Compress([], End);
            }
        }

        base.Dispose(disposing);
    }

    private unsafe void Compress(ReadOnlySpan<byte> buffer, int operation)
    {
        fixed (byte* input = buffer)
        fixed (byte* output = _output)
        {
            ZstdBuffer from = new() { Start = input, Size = (nuint)buffer.Length };
            bool done;
            do
            {
                ZstdBuffer to = new() { Start = output, Size = (nuint)_output.Length };
                nuint left = Check(_api.Compress(_encoder.Value, &to, &from, operation));
                _destination.Write(_output, 0, (int)to.Position);
                done = operation == End ? left == 0 : from.Position == from.Size;
            }
            while (!done);
        }
    }

    private nuint Check(nuint code) => _api.Error(code) is { } error ? throw new IOException($"zstd cannot compress: {error}.") : code;
}
