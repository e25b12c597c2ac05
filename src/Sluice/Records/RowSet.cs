using System.Numerics;

namespace Sluice.Records;

/// <summary>A set of pool rows, a bit a row.</summary>
/// <param name="rows">Rows of the pool.</param>
internal sealed class RowSet(long rows)
{
    private readonly ulong[] _bits = new ulong[(rows + 63) >> 6];

    /// <summary>Rows in the set.</summary>
    public long Count => _bits.Sum(static b => (long)BitOperations.PopCount(b));

    /// <summary>Adds a row; one that is there already stays.</summary>
    public void Add(long row) => _bits[row >> 6] |= 1UL << (int)(row & 63);

    /// <summary>Adds a row. Returns false when it is there already.</summary>
    public bool TryAdd(long row)
    {
        if (Contains(row))
        {
            return false;
        }

        Add(row);
        return true;
    }

    /// <summary>Adds rows.</summary>
    public RowSet With(IReadOnlyList<long> added)
    {
        for (int i = 0; i < added.Count; i++)
        {
            Add(added[i]);
        }

        return this;
    }

    /// <summary>Whether a row is in the set.</summary>
    public bool Contains(long row) => (_bits[row >> 6] & (1UL << (int)(row & 63))) != 0;
}
