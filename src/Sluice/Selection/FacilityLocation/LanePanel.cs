using Sluice.Selection.KCenter;

namespace Sluice.Selection.FacilityLocation;

/// <summary>Sixteen rows side by side, as the kernel reads them.</summary>
/// <param name="width">Numbers a row.</param>
internal sealed class LanePanel(int width)
{
    /// <summary>The rows' numbers: number k of all sixteen, then number k + 1.</summary>
    public float[] Numbers { get; } = new float[width * PanelKernel.Lanes];

    /// <summary>The rows' squared lengths.</summary>
    public float[] Squares { get; } = new float[PanelKernel.Lanes];

    /// <summary>Which rows they are.</summary>
    public int[] Rows { get; } = new int[PanelKernel.Lanes];

    /// <summary>What the kernel subtracts from each product: nothing.</summary>
    public float[] Offsets { get; } = new float[PanelKernel.Lanes];
}
