namespace Sluice.Parsing;

/// <summary>Where a text lies in its <see cref="TextArena"/>.</summary>
/// <param name="Block">0-based number of the buffer.</param>
/// <param name="Start">Its first character there.</param>
/// <param name="Length">UTF-16 units.</param>
internal readonly record struct TextPlace(int Block, int Start, int Length);
