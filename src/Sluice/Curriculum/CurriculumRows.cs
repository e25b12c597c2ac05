namespace Sluice.Curriculum;

/// <summary>The rows of a curriculum by group; no row stands twice.</summary>
/// <param name="Base">Rows of base categories.</param>
/// <param name="Middle">Rows of all other categories.</param>
/// <param name="Dependent">Rows of dependent categories.</param>
internal sealed record CurriculumRows(IReadOnlyList<long> Base, IReadOnlyList<long> Middle, IReadOnlyList<long> Dependent)
{
    /// <summary>Rows in all three groups.</summary>
    public int Count => Base.Count + Middle.Count + Dependent.Count;
}
