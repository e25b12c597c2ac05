namespace Sluice.Dedup;

/// <summary>A key of one band and the item that has it, as one number: sorted by key, then by item.</summary>
internal static class BandEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int Size = sizeof(ulong);

    /// <summary>The entry of a key and an item.</summary>
    public static ulong Of(uint key, uint item) => (ulong)key << 32 | item;

    /// <summary>The key of an entry.</summary>
    public static uint Key(ulong entry) => (uint)(entry >> 32);

    /// <summary>The item of an entry.</summary>
    public static uint Item(ulong entry) => (uint)entry;

    /// <summary>How many of the sorted entries have a smaller key.</summary>
    public static int CountBelow(ReadOnlySpan<ulong> entries, uint key)
    {
        ulong least = Of(key, 0);
        int low = 0;
        for (int high = entries.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle] < least)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
