namespace Sluice.Selection.Iterative;

/// <summary>The bfloat16 format: a float32 cut to 8 bits of precision. The reference of IterIT keeps its scores in it, so that 0.9985 counts as 1.</summary>
internal static class BrainFloat
{
    /// <summary>The nearest bfloat16, of two as near the one whose last bit is zero; NaN stays NaN, what is too large becomes infinite.</summary>
    public static double Round(double value)
    {
        // Through float32 first, as torch.tensor(list, dtype=bfloat16) does.
        uint bits = BitConverter.SingleToUInt32Bits((float)value);
        if (float.IsNaN((float)value))
        {
            return double.NaN;
        }

        uint rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000;
        return BitConverter.UInt32BitsToSingle(rounded);
    }
}
