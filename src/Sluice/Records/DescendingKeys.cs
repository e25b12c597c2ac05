namespace Sluice.Records;

/// <summary>Numbers as integers whose ascending order is the descending order of the numbers, which sort several times as fast as by a comparison.</summary>
internal static class DescendingKeys
{
    /// <summary>The key of a number.</summary>
    /// <param name="value">The number; zeros of both signs are one.</param>
    /// <param name="absentLast">Whether NaN comes behind minus infinity; else they are one.</param>
    public static ulong Of(double value, bool absentLast = false)
    {
        if (double.IsNaN(value))
        {
            return absentLast ? ulong.MaxValue : Of(double.NegativeInfinity);
        }

        // The bits of a positive number rise with it, those of a negative one fall.
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits < 0 ? bits : bits ^ long.MaxValue);
    }
}
