namespace Sluice.Selection.Tagging;

/// <summary>Tags that stand together in enough rows.</summary>
/// <param name="Items">The tags, ascending.</param>
/// <param name="Support">Rows that hold all of them.</param>
internal sealed record ItemSet(int[] Items, int Support);
