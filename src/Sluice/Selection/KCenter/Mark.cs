namespace Sluice.Selection.KCenter;

/// <summary>A place in the order of choice: larger distance first, then lower index.</summary>
/// <param name="Squared">Squared distance.</param>
/// <param name="Row">Row index.</param>
internal readonly record struct Mark(double Squared, int Row)
{
    /// <summary>Whether a row comes before this mark.</summary>
    public bool IsBelow(double squared, int row) => squared > Squared || (squared == Squared && row < Row);
}
