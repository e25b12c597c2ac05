using System.Text;

namespace Sluice.Faults.Tests.Input;

/// <summary>Makes bad rows of good ones: the same ones for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly Mutation[] s_all = Enum.GetValues<Mutation>();
    private static readonly byte[][] s_invalid = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE4, 0xB8], [0x80]];
    private static readonly string[] s_values = ["null", "true", "-0.0e+99", "{}", "[]", "\"\"", "[[\"a\"],{\"from\":1}]", "{\"instruction\":{}}", "nul", "'a'", "NaN"];
    private readonly Random _random = new(seed);

    /// <summary>How often each way was taken.</summary>
    public long[] Counts { get; } = new long[s_all.Length];

    /// <summary>One bad row, or by chance two ways at once; it may still be a sound one.</summary>
    /// <param name="row">A good row.</param>
    /// <param name="other">Another one, to splice with.</param>
    public byte[] Mutate(byte[] row, byte[] other)
    {
        byte[] bad = Once(row, other);
        return _random.Next(4) == 0 ? Once(bad, other) : bad;
    }

    private byte[] Once(byte[] row, byte[] other)
    {
        Mutation way = s_all[_random.Next(s_all.Length)];
        Counts[(int)way]++;
        int at = _random.Next(row.Length + 1);
        return way switch
        {
            Mutation.BitFlip => Flip(row),
            Mutation.Insert => Put(row, at, Bytes(_random.Next(1, 9))),
            Mutation.Delete => [.. row[..at], .. row[Math.Min(row.Length, at + _random.Next(1, 9))..]],
            Mutation.Truncate => row[..at],
            Mutation.Duplicate => Put(row, at, row.AsSpan(at..Math.Min(row.Length, at + _random.Next(1, 200)))),
            Mutation.Splice => [.. row[..at], .. other[_random.Next(other.Length + 1)..]],
            Mutation.Nul => Put(row, at, new byte[_random.Next(1, 20)]),
            Mutation.LoneSurrogate => PutInText(row, "\\ud83d"u8),
            Mutation.InvalidUtf8 => PutInText(row, s_invalid[_random.Next(s_invalid.Length)]),
            Mutation.DeepNesting => PutValue(row, Nested(_random.Next(1, 3000), closed: _random.Next(3) > 0)),
            Mutation.HugeNumber => PutValue(row, Encoding.ASCII.GetBytes($"{(_random.Next(2) == 0 ? "-" : "")}{new string('9', _random.Next(1, 2000))}e{_random.Next(1, 99999)}")),
            Mutation.DuplicateKey => Put(row, Math.Min(1, row.Length), "\"instruction\":\"x\",\"conversations\":[],\"prompt\":\"p\","u8),
            Mutation.CarriageReturn => [.. row, (byte)'\r'],
            Mutation.ByteOrderMark => [.. "\uFEFF"u8, .. row],
            Mutation.SwappedType => PutValue(row, Encoding.ASCII.GetBytes(s_values[_random.Next(s_values.Length)])),
            _ => Encoding.ASCII.GetBytes(new string(" \t\r"[_random.Next(3)], _random.Next(0, 5))),
        };
    }

    private byte[] Flip(byte[] row)
    {
        byte[] bad = [.. row];
        for (int i = _random.Next(1, 4); i > 0 && bad.Length > 0; i--)
        {
            bad[_random.Next(bad.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return bad;
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return _random.Next(2) == 0 ? bytes : [.. bytes.Select(b => (byte)"{}[]\",:\\ue0-t\n"[b % 14])];
    }

    private static byte[] Nested(int depth, bool closed)
    {
        string open = depth % 2 == 0 ? new string('[', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth));
        string close = depth % 2 == 0 ? new string(']', depth) : "1" + new string('}', depth);
        return Encoding.ASCII.GetBytes(closed ? open + close : open);
    }

    // In place of a value: from a colon to the comma or bracket behind it.
    private byte[] PutValue(byte[] row, byte[] value)
    {
        int colon = Array.IndexOf(row, (byte)':', _random.Next(row.Length + 1));
        if (colon < 0)
        {
            return Put(row, row.Length / 2, value);
        }

        int end = row.AsSpan(colon + 1).IndexOfAny((byte)',', (byte)'}', (byte)']');
        return [.. row[..(colon + 1)], .. value, .. row[(end < 0 ? row.Length : colon + 1 + end)..]];
    }

    private byte[] PutInText(byte[] row, ReadOnlySpan<byte> bytes)
    {
        int quote = Array.IndexOf(row, (byte)'"', _random.Next(row.Length + 1));
        return Put(row, quote < 0 ? row.Length : quote + 1, bytes);
    }

    private static byte[] Put(byte[] row, int at, ReadOnlySpan<byte> bytes) => [.. row.AsSpan(0, at), .. bytes, .. row.AsSpan(at)];
}
