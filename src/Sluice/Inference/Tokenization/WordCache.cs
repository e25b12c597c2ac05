using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Inference.Tokenization;

/// <summary>
/// A bounded cache from short words to their ids, used by one thread at a time. Two entries share a slot and the older one leaves, so memory is fixed
/// (2 MB) and no word costs an allocation.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longest word kept, in UTF-16 units.</summary>
    public const int MaxLength = 16;

    /// <summary>Most ids kept for a word.</summary>
    public const int MaxIds = 6;

    private const int Entries = 1 << 15;
    private readonly Entry[] _entries = new Entry[Entries];

    /// <summary>The ids of a word, if they are here.</summary>
    public bool TryGet(ReadOnlySpan<char> word, uint hash, out ReadOnlySpan<int> ids)
    {
        ref Entry first = ref At(hash);
        if (first.Hash == hash && Holds(ref first, word))
        {
            ids = first.Ids[..first.Count];
            return true;
        }

        ref Entry second = ref Unsafe.Add(ref first, 1);
        if (second.Hash == hash && Holds(ref second, word))
        {
            ids = second.Ids[..second.Count];
            return true;
        }

        ids = default;
        return false;
    }

    /// <summary>Keeps the ids of a word when both are short enough.</summary>
    public void Put(ReadOnlySpan<char> word, uint hash, ReadOnlySpan<int> ids)
    {
        if (word.Length > MaxLength || ids.Length > MaxIds)
        {
            return;
        }

        ref Entry first = ref At(hash);
        Unsafe.Add(ref first, 1) = first;
        first.Hash = hash;
        first.Length = (byte)word.Length;
        first.Count = (byte)ids.Length;
        word.CopyTo(first.Chars);
        ids.CopyTo(first.Ids);
    }

    // The index is even and below the power of two of the table's length, so the entry and its neighbour are in bounds.
    private ref Entry At(uint hash) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (hash * 2) & (Entries - 1));

    private static bool Holds(ref Entry entry, ReadOnlySpan<char> word) =>
        entry.Length == word.Length && word.SequenceEqual(((ReadOnlySpan<char>)entry.Chars)[..word.Length]);

    // One cache line.
    private struct Entry
    {
        public uint Hash;
        public byte Length;
        public byte Count;
        public WordChars Chars;
        public WordIds Ids;
    }

    [InlineArray(MaxLength)]
    private struct WordChars
    {
        private char _first;
    }

    [InlineArray(MaxIds)]
    private struct WordIds
    {
        private int _first;
    }
}
