namespace Sluice.Curriculum;

/// <summary>A category's place in the dependency taxonomy ("Beyond IID", arXiv 2409.07045).</summary>
internal enum CurriculumGroup
{
    /// <summary>Preliminary: what others build upon; the first epoch holds more of it.</summary>
    Base,

    /// <summary>Intermediate: neither; every epoch holds it once.</summary>
    Middle,

    /// <summary>Subsequent: what builds upon others; the last epoch holds more of it.</summary>
    Dependent,
}
