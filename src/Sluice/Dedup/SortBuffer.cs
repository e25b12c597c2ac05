using System.Buffers;

namespace Sluice.Dedup;

/// <summary>Growing rented room for the entries that are sorted at once.</summary>
internal static class SortBuffer
{
    /// <summary>The array, or a larger one with its first elements, with room for <paramref name="more"/> elements after <paramref name="count"/>.</summary>
    public static ulong[] Room(ulong[] array, int count, int more)
    {
        if (array.Length - count >= more)
        {
            return array;
        }

        ulong[] larger = ArrayPool<ulong>.Shared.Rent(Math.Max(checked(count + more), array.Length * 2));
        array.AsSpan(0, count).CopyTo(larger);
        Return(array);
        return larger;
    }

    /// <summary>Gives the array back.</summary>
    public static void Return(ulong[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(array);
        }
    }
}
