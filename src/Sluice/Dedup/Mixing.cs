namespace Sluice.Dedup;

/// <summary>Finalisers that spread every input bit over every output bit.</summary>
internal static class Mixing
{
    /// <summary>The 64-bit finaliser of SplitMix64 (Stafford's variant 13): a bijection.</summary>
    public static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The next number of the SplitMix64 sequence.</summary>
    public static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return Finish(state);
    }
}
