namespace Sluice.Curriculum;

/// <summary>What happens where the base or the dependent group has fewer rows than the curriculum shifts.</summary>
internal enum WhenSmall
{
    /// <summary>Shift fewer: at most as many as the smaller of the two groups has. Every row then stands exactly three times.</summary>
    Clamp,

    /// <summary>As the authors' released code does: blocks of unequal length, rows that stand more or less often than three times, or an error.</summary>
    Published,
}
