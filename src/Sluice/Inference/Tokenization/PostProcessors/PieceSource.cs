namespace Sluice.Inference.Tokenization.PostProcessors;

/// <summary>What a piece of a template stands for.</summary>
internal enum PieceSource
{
    /// <summary>The first text.</summary>
    First,

    /// <summary>The second text of a pair.</summary>
    Second,

    /// <summary>Special tokens.</summary>
    Special,
}
