namespace Sluice.Sinks.Diff;

/// <summary>One value of a column and its share among the chosen rows.</summary>
/// <param name="Name">The value.</param>
/// <param name="Before">Rows of it in the first output.</param>
/// <param name="After">Rows of it in the second.</param>
/// <param name="ShareBefore">Its share in the first, 0 to 1.</param>
/// <param name="ShareAfter">Its share in the second, 0 to 1.</param>
internal sealed record MixShare(string Name, long Before, long After, double ShareBefore, double ShareAfter)
{
    /// <summary>How far the share moved, in percentage points.</summary>
    public double Points => Math.Round(100 * (ShareAfter - ShareBefore), 6);
}
