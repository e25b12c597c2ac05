namespace Sluice.Inference.Tokenization.Cutting;

/// <summary>The side of a text where tokens are taken away or padding is put.</summary>
public enum TextSide
{
    /// <summary>At the end.</summary>
    Right,

    /// <summary>At the start.</summary>
    Left,
}
