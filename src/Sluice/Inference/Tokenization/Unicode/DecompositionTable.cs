using System.IO.Compression;

namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>Decompositions, compositions and combining classes of code points, unpacked once.</summary>
internal sealed class DecompositionTable
{
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<long, int> _pairs = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly HashSet<int> _seconds = [];

    private DecompositionTable()
    {
        foreach ((int code, int flags, byte combining, int[] parts) in ReadEntries())
        {
            if (combining != 0)
            {
                _classes[code] = combining;
            }

            if (parts.Length == 0)
            {
                continue;
            }

            _compatible[code] = parts;
            if ((flags & 1) == 0)
            {
                _canonical[code] = parts;
                if (parts.Length == 2 && (flags & 2) == 0)
                {
                    _pairs[Pair(parts[0], parts[1])] = code;
                    _seconds.Add(parts[1]);
                }
            }
        }

        Expand(_canonical);
        Expand(_compatible);
    }

    /// <summary>The one table: it never changes.</summary>
    public static DecompositionTable Instance { get; } = new();

    /// <summary>The full decomposition of a code point, or null when it stands for itself.</summary>
    public int[]? Decompose(int code, bool compatible) => (compatible ? _compatible : _canonical).GetValueOrDefault(code);

    /// <summary>The canonical combining class; 0 for a starter.</summary>
    public byte Class(int code) => code < 0x300 ? (byte)0 : _classes.GetValueOrDefault(code);

    /// <summary>The code point that two compose to, or -1.</summary>
    public int Compose(int first, int second) => _pairs.GetValueOrDefault(Pair(first, second), -1);

    /// <summary>Whether the code point may combine with what stands before it.</summary>
    public bool IsSecond(int code) => _seconds.Contains(code) || code is >= Hangul.VowelBase and < Hangul.VowelBase + Hangul.VowelCount
        or > Hangul.TrailBase and < Hangul.TrailBase + Hangul.TrailCount;

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static void Expand(Dictionary<int, int[]> map)
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach ((int code, int[] parts) in map.ToArray())
            {
                if (Array.Exists(parts, map.ContainsKey))
                {
                    map[code] = [.. parts.SelectMany(p => map.GetValueOrDefault(p) ?? [p])];
                    changed = true;
                }
            }
        }
    }

    private static IEnumerable<(int Code, int Flags, byte Class, int[] Parts)> ReadEntries()
    {
        using MemoryStream packed = new(Convert.FromBase64String(DecompositionData.Packed));
        using DeflateStream inflated = new(packed, CompressionMode.Decompress);
        using MemoryStream plain = new();
        inflated.CopyTo(plain);
        plain.Position = 0;
        using BinaryReader reader = new(plain);
        int code = 0;
        while (plain.Position < plain.Length)
        {
            code += reader.Read7BitEncodedInt();
            int flags = reader.Read7BitEncodedInt();
            byte combining = (flags & 4) != 0 ? reader.ReadByte() : (byte)0;
            int[] parts = new int[flags >> 3];
            int last = code;
            for (int i = 0; i < parts.Length; i++)
            {
                int zigzag = reader.Read7BitEncodedInt();
                last += (zigzag & 1) == 0 ? zigzag >> 1 : -((zigzag + 1) >> 1);
                parts[i] = last;
            }

            yield return (code, flags, combining, parts);
        }
    }
}
