using System.Buffers;
using System.Numerics;

namespace Sluice.Dedup;

/// <summary>Sorts hashes, whose leading bits are spread evenly: one counting pass over those bits leaves each value near its place, an insertion sort does the rest.</summary>
internal static class HashSort
{
    private const int MostBits = 10;
    private const int Fewest = 16;
    private const int Most = 8 << MostBits;

    /// <summary>Sorts in ascending order. Correct for any values; fast for those spread evenly below the leading bits that all of them share.</summary>
    /// <param name="values">The values.</param>
    /// <param name="shared">Leading bits that are the same in all values, 0 to 32.</param>
    public static void Sort(Span<ulong> values, int shared = 0)
    {
        if (values.Length is < Fewest or > Most)
        {
            values.Sort();
            return;
        }

        int bits = Math.Min(BitOperations.Log2((uint)values.Length) + 1, MostBits);
        int shift = 64 - bits;
        Span<int> starts = stackalloc int[(1 << bits) + 1];
        starts.Clear();
        foreach (ulong value in values)
        {
            starts[(int)(value << shared >> shift) + 1]++;
        }

        int fullest = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            fullest = Math.Max(fullest, starts[i]);
            starts[i] += starts[i - 1];
        }

        // A text that repeats itself has few distinct shingles, which an insertion sort would compare all with all.
        if (fullest > 64)
        {
            values.Sort();
            return;
        }

        ulong[] scattered = ArrayPool<ulong>.Shared.Rent(values.Length);
        foreach (ulong value in values)
        {
            scattered[starts[(int)(value << shared >> shift)]++] = value;
        }

        scattered.AsSpan(0, values.Length).CopyTo(values);
        ArrayPool<ulong>.Shared.Return(scattered);
        for (int i = 1; i < values.Length; i++)
        {
            ulong value = values[i];
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }
}
