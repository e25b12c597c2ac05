using System.Numerics;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>Which two neighbouring tokens merge, at which rank, into which token.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int None = int.MaxValue;

    private const ulong Empty = ulong.MaxValue;
    private readonly Entry[] _entries;
    private readonly int _shift;

    /// <summary>An empty table for so many merges.</summary>
    public MergeTable(int count)
    {
        int size = (int)Math.Max(16, BitOperations.RoundUpToPowerOf2((uint)count * 2));
        _entries = new Entry[size];
        Array.Fill(_entries, new Entry(Empty, None, -1));
        _shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>Adds a merge; of equal pairs the last counts.</summary>
    public void Add(int left, int right, int rank, int merged)
    {
        ulong pair = Pair(left, right);
        _entries[Slot(pair)] = new Entry(pair, rank, merged);
    }

    /// <summary>The rank of a pair, or <see cref="None"/>, and what it becomes.</summary>
    public int Rank(int left, int right, out int merged)
    {
        ref Entry entry = ref _entries[Slot(Pair(left, right))];
        merged = entry.Merged;
        return entry.Rank;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong pair)
    {
        Entry[] entries = _entries;
        int slot = (int)((pair * 0x9E3779B97F4A7C15) >> _shift);
        while (entries[slot].Pair != pair && entries[slot].Pair != Empty)
        {
            slot = (slot + 1) & (entries.Length - 1);
        }

        return slot;
    }

    private readonly record struct Entry(ulong Pair, int Rank, int Merged);
}
