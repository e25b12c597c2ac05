namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>Decomposition and composition of Hangul syllables by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    /// <summary>First precomposed syllable.</summary>
    public const int SyllableBase = 0xAC00;

    /// <summary>First leading consonant.</summary>
    public const int LeadBase = 0x1100;

    /// <summary>First vowel.</summary>
    public const int VowelBase = 0x1161;

    /// <summary>One before the first trailing consonant.</summary>
    public const int TrailBase = 0x11A7;

    /// <summary>Number of leading consonants.</summary>
    public const int LeadCount = 19;

    /// <summary>Number of vowels.</summary>
    public const int VowelCount = 21;

    /// <summary>Number of trailing consonants, "none" included.</summary>
    public const int TrailCount = 28;

    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Whether the code point is a precomposed syllable.</summary>
    public static bool IsSyllable(int code) => (uint)(code - SyllableBase) < SyllableCount;

    /// <summary>The jamo of a syllable; the trail is <see cref="TrailBase"/> when there is none.</summary>
    public static (int Lead, int Vowel, int Trail) Decompose(int syllable)
    {
        int index = syllable - SyllableBase;
        return (LeadBase + (index / (VowelCount * TrailCount)), VowelBase + (index % (VowelCount * TrailCount) / TrailCount), TrailBase + (index % TrailCount));
    }

    /// <summary>The syllable two code points compose to, or -1.</summary>
    public static int Compose(int first, int second)
    {
        if ((uint)(first - LeadBase) < LeadCount && (uint)(second - VowelBase) < VowelCount)
        {
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        }

        return IsSyllable(first) && (first - SyllableBase) % TrailCount == 0 && second > TrailBase && second < TrailBase + TrailCount
            ? first + second - TrailBase
            : -1;
    }
}
