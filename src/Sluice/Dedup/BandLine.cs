using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sluice.Dedup;

/// <summary>Up to ten items of one bucket and band, in the 64 bytes of a cache line: 16 bits of each one's key, their numbers, and where the rest stands.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal struct BandLine
{
    /// <summary>Bytes of a line.</summary>
    public const int Size = 64;

    /// <summary>Items a line holds.</summary>
    public const int Slots = 10;

    private Fingerprints _fingerprints;

    // One more than the item's number: 0 is an empty slot. Filled from the first slot on.
    private Items _items;

    /// <summary>1-based place of the line that holds what does not fit here; 0 for none.</summary>
    public uint Overflow;

    /// <summary>Items in this line.</summary>
    public readonly int Count
    {
        get
        {
            ref readonly uint first = ref _items[0];
            uint empty = Vector256.Equals(Vector256.LoadUnsafe(in first), Vector256<uint>.Zero).ExtractMostSignificantBits();
            return empty != 0 ? BitOperations.TrailingZeroCount(empty) : _items[8] == 0 ? 8 : _items[9] == 0 ? 9 : Slots;
        }
    }

    /// <summary>An item and the kept part of its key.</summary>
    public readonly (uint Item, ushort Fingerprint) this[int slot] => (_items[slot] - 1, _fingerprints[slot]);

    /// <summary>Appends the items of this line whose kept part of the key is this one.</summary>
    public readonly void Collect(ushort fingerprint, List<uint> items)
    {
        // Sixteen are compared, though ten are fingerprints: what follows them in the line is masked out.
        uint equal = Vector256.Equals(Vector256.LoadUnsafe(in _fingerprints[0]), Vector256.Create(fingerprint)).ExtractMostSignificantBits() & ((1u << Slots) - 1);
        for (; equal != 0; equal &= equal - 1)
        {
            uint number = _items[BitOperations.TrailingZeroCount(equal)];
            if (number != 0)
            {
                items.Add(number - 1);
            }
        }
    }

    /// <summary>Takes an item in; false when the line is full.</summary>
    public bool TryAdd(uint item, ushort fingerprint)
    {
        int slot = Count;
        if (slot == Slots)
        {
            return false;
        }

        Set(slot, item, fingerprint);
        return true;
    }

    /// <summary>Puts an item into the first empty slot, where the caller knows which that is.</summary>
    public void Set(int slot, uint item, ushort fingerprint)
    {
        _fingerprints[slot] = fingerprint;
        _items[slot] = item + 1;
    }

    [InlineArray(Slots)]
    private struct Fingerprints
    {
        private ushort _first;
    }

    [InlineArray(Slots)]
    private struct Items
    {
        private uint _first;
    }
}
