namespace Sluice.Selection.Tagging;

/// <summary>Rows that hold some tags nearly always hold another.</summary>
/// <param name="When">The tags of the left-hand side, ascending.</param>
/// <param name="Then">The tag of the right-hand side.</param>
/// <param name="Support">Rows that hold all of them.</param>
/// <param name="Confidence">Share of the rows with the left-hand side that hold the right-hand side too.</param>
internal sealed record AssociationRule(int[] When, int Then, int Support, double Confidence);
