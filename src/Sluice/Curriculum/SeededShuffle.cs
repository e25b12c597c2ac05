namespace Sluice.Curriculum;

/// <summary>
/// A seeded source of random orders (SplitMix64, Steele et al. 2014; Fisher-Yates), the same on every platform, version and number of threads. The reference's order depends on
/// the hash seed of the Python process that runs it; this one on its seed alone.
/// </summary>
internal sealed class SeededShuffle
{
    private ulong _state;

    /// <summary>Starts a sequence of its own for each seed.</summary>
    public SeededShuffle(ulong seed) => _state = Mix(seed);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)Math.BigMul(Mix(_state += 0x9E3779B97F4A7C15), (ulong)bound, out _);

    /// <summary>Puts the values in random order, in place.</summary>
    public void Apply<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>The finaliser of SplitMix64: near seeds give unrelated values.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
