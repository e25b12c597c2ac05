namespace Sluice.Selection.Tagging;

/// <summary>What became of one tag.</summary>
/// <param name="Tag">The tag as found.</param>
/// <param name="Atomic">The tag that stands for it, its own name where it stands for itself; empty when it is left out.</param>
/// <param name="Rows">Rows that hold the tag.</param>
/// <param name="Change">The stage that first gave it away.</param>
internal sealed record TagEntry(string Tag, string Atomic, int Rows, TagChange Change);
