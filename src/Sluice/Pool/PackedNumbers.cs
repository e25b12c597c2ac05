namespace Sluice.Pool;

/// <summary>Whole numbers that lie near each other, such as offsets into one file: four bytes each, none where all are the same, eight where they lie far apart.</summary>
internal sealed class PackedNumbers
{
    private readonly long _least;
    private readonly uint[]? _above;
    private readonly long[]? _wide;

    /// <param name="numbers">The numbers; kept only where they do not fit.</param>
    public PackedNumbers(long[] numbers)
    {
        Count = numbers.Length;
        if (numbers.Length == 0)
        {
            return;
        }

        _least = numbers.Min();
        ulong span = unchecked((ulong)numbers.Max() - (ulong)_least);
        if (span > uint.MaxValue)
        {
            _wide = numbers;
        }
        else if (span > 0)
        {
            long least = _least;
            _above = Array.ConvertAll(numbers, n => (uint)(n - least));
        }
    }

    /// <summary>Number of them.</summary>
    public int Count { get; }

    /// <summary>The number at a place, which must be there.</summary>
    public long this[int index] => _above is not null ? _least + _above[index] : _wide is not null ? _wide[index] : _least;
}
