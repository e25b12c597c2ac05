using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>
/// The character map of a SentencePiece model: a double-array trie from UTF-8 prefixes to replacements. Whole grapheme clusters under six bytes are looked
/// up first, then single code points; the shortest key that is a prefix decides, as in the reference.
/// </summary>
internal sealed class PrecompiledNormalizer : Normalizer
{
    private const int MaxClusterBytes = 5;
    private readonly uint[] _trie;
    private readonly byte[] _replacements;
    private readonly bool[] _asciiStays = new bool[128];

    /// <summary>Reads the map: the trie's length in bytes, the trie, the replacements with a zero byte after each.</summary>
    /// <exception cref="FormatException">The map is cut short.</exception>
    public PrecompiledNormalizer(ReadOnlySpan<byte> map)
    {
        uint size = map.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(map);
        if (size > map.Length - 4 || size % 4 != 0)
        {
            throw new FormatException("is cut short");
        }

        _trie = new uint[(int)size / 4];
        for (int i = 0; i < _trie.Length; i++)
        {
            _trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(4 + (i * 4))..]);
        }

        _replacements = map[(4 + (int)size)..].ToArray();
        for (int c = 0; c < 128; c++)
        {
            _asciiStays[c] = Find([(byte)c]) < 0;
        }
    }

    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            // A carriage return and a line feed make one cluster.
            if (c >= 128 || c == '\r' || !_asciiStays[c])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        Span<byte> bytes = stackalloc byte[4 * MaxClusterBytes];
        for (int i = 0; i < text.Length;)
        {
            // Between two ASCII characters there is always a cluster boundary, line ends aside.
            if (text[i] < 128 && text[i] != '\r' && (i + 1 == text.Length || text[i + 1] < 128))
            {
                AppendPart(text.Slice(i, 1), bytes, into);
                i++;
                continue;
            }

            int length = StringInfo.GetNextTextElementLength(text[i..]);
            ReadOnlySpan<char> cluster = text.Slice(i, length);
            i += length;
            if (cluster.Length <= MaxClusterBytes && Encoding.UTF8.GetByteCount(cluster) <= MaxClusterBytes && TryAppend(cluster, bytes, into))
            {
                continue;
            }

            for (int j = 0; j < cluster.Length; j += length)
            {
                _ = CodePoints.At(cluster, j, out length);
                AppendPart(cluster.Slice(j, length), bytes, into);
            }
        }
    }

    private void AppendPart(ReadOnlySpan<char> part, Span<byte> bytes, CharBuffer into)
    {
        if (!TryAppend(part, bytes, into))
        {
            into.Append(part);
        }
    }

    private bool TryAppend(ReadOnlySpan<char> part, Span<byte> bytes, CharBuffer into)
    {
        int at = Find(bytes[..Encoding.UTF8.GetBytes(part, bytes)]);
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> replacement = _replacements.AsSpan(at);
        int end = replacement.IndexOf((byte)0);
        replacement = end < 0 ? replacement : replacement[..end];
        int count = Encoding.UTF8.GetChars(replacement, into.Reserve(replacement.Length));
        into.Advance(count);
        return true;
    }

    // The unit layout is that of darts-clone: 31 value, 31|7..0 label, 8 has a leaf, 9 and 10.. offset.
    private int Find(ReadOnlySpan<byte> key)
    {
        uint unit = _trie.Length == 0 ? 0 : _trie[0];
        uint position = Offset(unit);
        foreach (byte label in key)
        {
            if (label == 0)
            {
                break;
            }

            position ^= label;
            if (position >= _trie.Length)
            {
                break;
            }

            unit = _trie[position];
            if ((unit & ((1u << 31) | 0xFF)) != label)
            {
                break;
            }

            position ^= Offset(unit);
            if (((unit >> 8) & 1) == 1 && position < _trie.Length)
            {
                int value = (int)(_trie[position] & 0x7FFFFFFF);
                return value < _replacements.Length ? value : -1;
            }
        }

        return -1;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}
