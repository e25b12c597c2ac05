using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Tests.Sources;

/// <summary>Stands where Zstandard is bound: a format of four magic bytes, then the bytes as they are, then one byte 0xFF as end mark.</summary>
internal sealed class PrefixedDecoder : IStreamDecoder
{
    public static byte[] Encode(byte[] bytes, bool cut = false) => cut ? [0x28, 0xB5, 0x2F, 0xFD, .. bytes] : [0x28, 0xB5, 0x2F, 0xFD, .. bytes, 0xFF];

    public Stream Decode(Stream compressed) => new Decoder(compressed);

    private sealed class Decoder : ForwardStream
    {
        private readonly byte[] _bytes;
        private int _at = 4;

        public Decoder(Stream compressed)
        {
            using (compressed)
            using (MemoryStream all = new())
            {
                compressed.CopyTo(all);
                _bytes = all.ToArray();
            }
        }

        // As decoders do, a read that meets the damage gives nothing at all.
        public override int Read(Span<byte> buffer)
        {
            int wanted = Math.Min(buffer.Length, _bytes.Length - _at);
            int mark = _bytes.AsSpan(_at, wanted).IndexOf((byte)0xFF);
            int length = mark < 0 ? wanted : mark;
            if (mark < 0 && wanted < buffer.Length)
            {
                throw new InvalidDataException("no end mark");
            }

            _bytes.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }
    }
}
