using System.Runtime.CompilerServices;

namespace Sluice.Selection.KCenter;

/// <summary>The chosen rows, packed for the kernel in panels of sixteen: number k of all sixteen, then number k + 1.</summary>
internal sealed class Centres(MetricSpace space)
{
    private readonly List<int> _rows = [];
    private readonly List<float[]> _panels = [];
    private readonly List<float[]> _halfTerms = [];

    public int Count => _rows.Count;

    public int Panels => _panels.Count;

    /// <summary>Row of the centre with this place in the order.</summary>
    public int this[int place] => _rows[place];

    public float[] Panel(int panel) => _panels[panel];

    /// <summary>Half the bound's term of each centre of a panel; places not taken yet hold infinity, which no row comes near.</summary>
    public float[] HalfTerms(int panel) => _halfTerms[panel];

    public int[] ToArray() => [.. _rows];

    /// <summary>Adds a row; <paramref name="packed"/> is its full packed form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int row, ReadOnlySpan<float> packed)
    {
        int lane = _rows.Count % PanelKernel.Lanes;
        if (lane == 0)
        {
            _panels.Add(new float[space.Width * PanelKernel.Lanes]);
            float[] none = new float[PanelKernel.Lanes];
            Array.Fill(none, float.PositiveInfinity);
            _halfTerms.Add(none);
        }

        float[] panel = _panels[^1];
        for (int k = 0; k < packed.Length; k++)
        {
            panel[(k * PanelKernel.Lanes) + lane] = packed[k];
        }

        _halfTerms[^1][lane] = space.CentreTerm(packed) / 2;
        _rows.Add(row);
    }
}
