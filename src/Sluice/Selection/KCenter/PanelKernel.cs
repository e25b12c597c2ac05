using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.KCenter;

/// <summary>Dot products of six rows with a panel of sixteen centres at once: twelve sums stay in registers, each number loaded serves several products.</summary>
internal static class PanelKernel
{
    /// <summary>Centres a panel.</summary>
    public const int Lanes = 16;

    /// <summary>Rows a call.</summary>
    public const int Rows = 6;

    /// <summary>Writes dot product minus half term, sixteen a row.</summary>
    /// <param name="panel">The packed centres.</param>
    /// <param name="halfTerms">Their half terms.</param>
    /// <param name="packed">The packed rows, row after row.</param>
    /// <param name="rows">Which six of them.</param>
    /// <param name="width">Numbers a row.</param>
    /// <param name="results">Takes 6 x 16 values.</param>
    public static void Run(float[] panel, float[] halfTerms, float[] packed, ReadOnlySpan<int> rows, int width, Span<float> results)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(panel, halfTerms, packed, rows, width, results);
        }
        else
        {
            Narrow(panel, halfTerms, packed, rows, width, results);
        }
    }

    /// <summary>The lanes whose value is above the threshold or not a number, as bits.</summary>
    public static uint Above(ReadOnlySpan<float> results, float threshold)
    {
        Vector256<float> limit = Vector256.Create(threshold);
        uint low = Vector256.LessThanOrEqual(Vector256.Create(results[..8]), limit).ExtractMostSignificantBits();
        uint high = Vector256.LessThanOrEqual(Vector256.Create(results.Slice(8, 8)), limit).ExtractMostSignificantBits();
        return ~(low | (high << 8)) & 0xFFFF;
    }

    // Every lane adds in the same order in both, so that every processor with fused arithmetic gives the same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(float[] panel, float[] halfTerms, float[] packed, ReadOnlySpan<int> rows, int width, Span<float> results)
    {
        ref float c = ref MemoryMarshal.GetArrayDataReference(panel);
        ref float start = ref MemoryMarshal.GetArrayDataReference(packed);
        ref float x0 = ref Unsafe.Add(ref start, (nint)rows[0] * width);
        ref float x1 = ref Unsafe.Add(ref start, (nint)rows[1] * width);
        ref float x2 = ref Unsafe.Add(ref start, (nint)rows[2] * width);
        ref float x3 = ref Unsafe.Add(ref start, (nint)rows[3] * width);
        ref float x4 = ref Unsafe.Add(ref start, (nint)rows[4] * width);
        ref float x5 = ref Unsafe.Add(ref start, (nint)rows[5] * width);
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        for (nint k = 0; k < width; k++)
        {
            Vector512<float> p = Vector512.LoadUnsafe(ref c);
            c = ref Unsafe.Add(ref c, Lanes);
            a0 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x0, k)), p, a0);
            a1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x1, k)), p, a1);
            a2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x2, k)), p, a2);
            a3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x3, k)), p, a3);
            a4 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x4, k)), p, a4);
            a5 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x5, k)), p, a5);
        }

        Vector512<float> half = Vector512.Create(halfTerms.AsSpan(0, Lanes));
        ref float to = ref MemoryMarshal.GetReference(results[..(Rows * Lanes)]);
        (a0 - half).StoreUnsafe(ref to);
        (a1 - half).StoreUnsafe(ref to, 16);
        (a2 - half).StoreUnsafe(ref to, 32);
        (a3 - half).StoreUnsafe(ref to, 48);
        (a4 - half).StoreUnsafe(ref to, 64);
        (a5 - half).StoreUnsafe(ref to, 80);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(float[] panel, float[] halfTerms, float[] packed, ReadOnlySpan<int> rows, int width, Span<float> results)
    {
        ref float c = ref MemoryMarshal.GetArrayDataReference(panel);
        ref float start = ref MemoryMarshal.GetArrayDataReference(packed);
        ref float x0 = ref Unsafe.Add(ref start, (nint)rows[0] * width);
        ref float x1 = ref Unsafe.Add(ref start, (nint)rows[1] * width);
        ref float x2 = ref Unsafe.Add(ref start, (nint)rows[2] * width);
        ref float x3 = ref Unsafe.Add(ref start, (nint)rows[3] * width);
        ref float x4 = ref Unsafe.Add(ref start, (nint)rows[4] * width);
        ref float x5 = ref Unsafe.Add(ref start, (nint)rows[5] * width);
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (nint k = 0; k < width; k++)
        {
            Vector256<float> p = Vector256.LoadUnsafe(ref c);
            Vector256<float> q = Vector256.LoadUnsafe(ref c, 8);
            c = ref Unsafe.Add(ref c, Lanes);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref x0, k));
            a0 = Vector256.MultiplyAddEstimate(x, p, a0);
            b0 = Vector256.MultiplyAddEstimate(x, q, b0);
            x = Vector256.Create(Unsafe.Add(ref x1, k));
            a1 = Vector256.MultiplyAddEstimate(x, p, a1);
            b1 = Vector256.MultiplyAddEstimate(x, q, b1);
            x = Vector256.Create(Unsafe.Add(ref x2, k));
            a2 = Vector256.MultiplyAddEstimate(x, p, a2);
            b2 = Vector256.MultiplyAddEstimate(x, q, b2);
            x = Vector256.Create(Unsafe.Add(ref x3, k));
            a3 = Vector256.MultiplyAddEstimate(x, p, a3);
            b3 = Vector256.MultiplyAddEstimate(x, q, b3);
            x = Vector256.Create(Unsafe.Add(ref x4, k));
            a4 = Vector256.MultiplyAddEstimate(x, p, a4);
            b4 = Vector256.MultiplyAddEstimate(x, q, b4);
            x = Vector256.Create(Unsafe.Add(ref x5, k));
            a5 = Vector256.MultiplyAddEstimate(x, p, a5);
            b5 = Vector256.MultiplyAddEstimate(x, q, b5);
        }

        Vector256<float> low = Vector256.Create(halfTerms.AsSpan(0, 8));
        Vector256<float> high = Vector256.Create(halfTerms.AsSpan(8, 8));
        ref float to = ref MemoryMarshal.GetReference(results[..(Rows * Lanes)]);
        (a0 - low).StoreUnsafe(ref to);
        (b0 - high).StoreUnsafe(ref to, 8);
        (a1 - low).StoreUnsafe(ref to, 16);
        (b1 - high).StoreUnsafe(ref to, 24);
        (a2 - low).StoreUnsafe(ref to, 32);
        (b2 - high).StoreUnsafe(ref to, 40);
        (a3 - low).StoreUnsafe(ref to, 48);
        (b3 - high).StoreUnsafe(ref to, 56);
        (a4 - low).StoreUnsafe(ref to, 64);
        (b4 - high).StoreUnsafe(ref to, 72);
        (a5 - low).StoreUnsafe(ref to, 80);
        (b5 - high).StoreUnsafe(ref to, 88);
    }
}
