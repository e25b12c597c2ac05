namespace Sluice.Dedup;

/// <summary>
/// Linear hashing (Litwin, VLDB 1980): a table grows by one bucket at a time, each time splitting one old bucket by one more bit of its keys, so growth never
/// copies the table and never needs room for two.
/// </summary>
internal struct LinearHashAddress
{
    private uint _split;

    /// <summary>Starts with 2^<paramref name="level"/> buckets.</summary>
    public LinearHashAddress(int level) => Level = level;

    /// <summary>Bits of the key that every bucket uses; buckets already split in this round use one more.</summary>
    public int Level { get; private set; }

    /// <summary>Buckets in use.</summary>
    public readonly long Buckets => (1L << Level) + _split;

    /// <summary>The bucket of a key.</summary>
    public readonly uint Bucket(uint key)
    {
        uint low = key & ((1u << Level) - 1);
        return low < _split ? key & (uint)((2L << Level) - 1) : low;
    }

    /// <summary>Adds a bucket: keys of <c>From</c> whose bit <c>Bit</c> is set move to <c>To</c>.</summary>
    public (uint From, uint To, int Bit) Grow()
    {
        (uint From, uint To, int Bit) step = (_split, (uint)Buckets, Level);
        _split++;
        if (_split == 1u << Level)
        {
            Level++;
            _split = 0;
        }

        return step;
    }
}
