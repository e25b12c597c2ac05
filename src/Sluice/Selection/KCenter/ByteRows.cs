using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sluice.Selection.KCenter;

/// <summary>
/// Packed rows at a byte a number: each number is a whole multiple, -127 to 127, of its row's step. Held in blocks, so that no array grows past what the runtime allows.
/// </summary>
internal sealed class ByteRows(int count, int width)
{
    private const int BlockRows = 4096;
    private const int Largest = 127;

    private readonly sbyte[][] _blocks = [.. Enumerable.Range(0, (count + BlockRows - 1) / BlockRows)
        .Select(block => GC.AllocateUninitializedArray<sbyte>(Math.Min(BlockRows, count - (block * BlockRows)) * width))];

    private readonly float[] _steps = new float[count];

    /// <summary>Keeps a row, puts what it is read back as in its place, and returns the length of the difference, rounded up. Rows may be kept by many threads at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Keep(int row, Span<float> packed)
    {
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(packed));
        float step = largest / Largest;
        // The step of a row of zeros, or of numbers next to it, has no inverse: such a row is kept as zeros.
        float inverse = float.IsFinite(1 / step) ? 1 / step : 0;
        _steps[row] = step;
        Span<sbyte> kept = Kept(row);
        Vector256<double> sums = default;
        int k = 0;
        for (; k <= packed.Length - 16; k += 16)
        {
            Vector256<int> low = Whole(packed.Slice(k, 8), inverse, step, ref sums);
            Vector256<int> high = Whole(packed.Slice(k + 8, 8), inverse, step, ref sums);
            Vector256<short> both = Vector256.Narrow(low, high);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(kept.Slice(k, 16));
        }

        double squared = Vector256.Sum(sums);
        for (; k < packed.Length; k++)
        {
            float whole = Math.Clamp(MathF.Round(packed[k] * inverse), -Largest, Largest);
            kept[k] = (sbyte)whole;
            float back = whole * step;
            double off = (double)packed[k] - back;
            squared += off * off;
            packed[k] = back;
        }

        // The sum of as many squares is off by less than this share for any width that fits an array.
        return Math.Sqrt(squared) * (1 + 1e-6);
    }

    /// <summary>Reads a row back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int row, Span<float> packed)
    {
        ReadOnlySpan<sbyte> kept = Kept(row);
        float step = _steps[row];
        packed = packed[..kept.Length];
        Vector256<float> s = Vector256.Create(step);
        int k = 0;
        for (; k <= kept.Length - 16; k += 16)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Create(kept.Slice(k, 16)));
            (Vector256.ConvertToSingle(Widen(low)) * s).CopyTo(packed.Slice(k, 8));
            (Vector256.ConvertToSingle(Widen(high)) * s).CopyTo(packed.Slice(k + 8, 8));
        }

        for (; k < kept.Length; k++)
        {
            packed[k] = kept[k] * step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Whole(Span<float> packed, float inverse, float step, ref Vector256<double> sums)
    {
        Vector256<float> value = Vector256.Create<float>(packed);
        Vector256<float> whole = Vector256.Min(Vector256.Max(Vector256.Round(value * Vector256.Create(inverse)), Vector256.Create(-(float)Largest)), Vector256.Create((float)Largest));
        Vector256<float> back = whole * Vector256.Create(step);
        back.CopyTo(packed);
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(value);
        (Vector256<double> backLow, Vector256<double> backHigh) = Vector256.Widen(back);
        low -= backLow;
        high -= backHigh;
        sums += (low * low) + (high * high);
        return Vector256.ConvertToInt32(whole);
    }

    private static Vector256<int> Widen(Vector128<short> values)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        return Vector256.Create(low, high);
    }

    private Span<sbyte> Kept(int row) => _blocks[row / BlockRows].AsSpan(row % BlockRows * width, width);
}
