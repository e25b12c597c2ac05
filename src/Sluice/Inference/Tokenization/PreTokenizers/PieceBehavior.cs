namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>What becomes of the matches of a pattern that splits text.</summary>
internal enum PieceBehavior
{
    /// <summary>They vanish.</summary>
    Removed,

    /// <summary>Each is a piece of its own.</summary>
    Isolated,

    /// <summary>Each joins the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each joins the piece after it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring matches make one piece.</summary>
    Contiguous,
}
