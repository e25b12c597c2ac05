namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>How rows are filled up to one length.</summary>
/// <param name="FixedLength">The length; null for that of the longest row.</param>
/// <param name="MultipleOf">The length is rounded up to a multiple of this. Default 1.</param>
/// <param name="Side">Where padding is put. Default right.</param>
/// <param name="Id">The id that pads. Default 0.</param>
/// <param name="Type">Its segment id. Default 0.</param>
public sealed record PaddingOptions(int? FixedLength, int MultipleOf = 1, TextSide Side = TextSide.Right, int Id = 0, byte Type = 0)
{
    /// <summary>The length that a row of this many tokens is filled up to when it is the longest.</summary>
    public int LengthFor(int longest)
    {
        int length = FixedLength ?? longest;
        int over = length % MultipleOf;
        return over == 0 ? length : length + MultipleOf - over;
    }
}
