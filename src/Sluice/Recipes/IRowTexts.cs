namespace Sluice.Recipes;

/// <summary>What was said in the pool's rows, for steps that read words.</summary>
public interface IRowTexts
{
    /// <summary>The answers of the given rows, in that order; several answers of one conversation are joined by a line break. Throws <see cref="InvalidDataException"/> for a row that no longer parses.</summary>
    string[] Answers(IReadOnlyList<long> rows, CancellationToken token);
}
