using System.Runtime.CompilerServices;
using Sluice.Selection.KCenter;

namespace Sluice.Selection;

/// <summary>Vectors packed for <see cref="PanelKernel"/> in panels of sixteen: number k of all sixteen, then number k + 1.</summary>
/// <param name="width">Numbers a vector.</param>
internal sealed class RowPanels(int width)
{
    private readonly List<float[]> _panels = [];
    private readonly List<float[]> _offsets = [];

    /// <summary>Vectors added.</summary>
    public int Count { get; private set; }

    /// <summary>Panels, the last of them perhaps not full.</summary>
    public int Panels => _panels.Count;

    /// <summary>The numbers of a panel.</summary>
    public float[] Panel(int panel) => _panels[panel];

    /// <summary>What the kernel subtracts from each product; places not taken yet hold infinity, so that their result is below every other.</summary>
    public float[] Offsets(int panel) => _offsets[panel];

    /// <summary>Adds a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<float> vector, float offset = 0)
    {
        int lane = Count % PanelKernel.Lanes;
        if (lane == 0)
        {
            _panels.Add(new float[width * PanelKernel.Lanes]);
            float[] none = new float[PanelKernel.Lanes];
            Array.Fill(none, float.PositiveInfinity);
            _offsets.Add(none);
        }

        Fill(_panels[^1], lane, vector);
        _offsets[^1][lane] = offset;
        Count++;
    }

    /// <summary>Copies a vector back out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(int place, Span<float> vector)
    {
        float[] panel = _panels[place / PanelKernel.Lanes];
        int lane = place % PanelKernel.Lanes;
        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] = panel[(k * PanelKernel.Lanes) + lane];
        }
    }

    /// <summary>Writes a vector into one lane of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(float[] panel, int lane, ReadOnlySpan<float> vector)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            panel[(k * PanelKernel.Lanes) + lane] = vector[k];
        }
    }
}
