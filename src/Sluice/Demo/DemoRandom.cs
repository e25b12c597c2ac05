using System.Runtime.CompilerServices;

namespace Sluice.Demo;

/// <summary>A small seeded generator (SplitMix64), the same on every platform and version, unlike <see cref="Random"/>.</summary>
internal sealed class DemoRandom
{
    private ulong _state;

    /// <summary>Starts anew for one purpose of one row, independent of every other row and purpose.</summary>
    public void Start(long seed, long row, int purpose) => _state = Mix(Mix(Mix((ulong)seed) ^ (ulong)row) + (ulong)purpose);

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int bound) => (int)((NextBits() >> 32) * (ulong)bound >> 32);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public long NextLong(long bound) => (long)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>A number between two bounds, both included.</summary>
    public int Between(int lowest, int highest) => lowest + Next(highest - lowest + 1);

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool Chance(int percent) => Next(100) < percent;

    /// <summary>One of the values.</summary>
    public T Pick<T>(T[] values) => values[Next(values.Length)];

    /// <summary>Fills <paramref name="indices"/> with different numbers below <paramref name="bound"/>.</summary>
    public void PickDistinct(Span<int> indices, int bound)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            do
            {
                indices[i] = Next(bound);
            }
            while (indices[..i].Contains(indices[i]));
        }
    }

    /// <summary>Puts the values in random order.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
