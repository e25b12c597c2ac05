namespace Sluice.Inference.Tokenization.Models;

/// <summary>How a byte-pair model treats what its vocabulary lacks, and how it marks parts of words.</summary>
internal sealed class BpeOptions
{
    /// <summary>Id of the unknown token; -1 drops what is unknown.</summary>
    public int Unknown { get; init; } = -1;

    /// <summary>Whether neighbouring unknown characters make one unknown token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>Ids of the tokens of single bytes (-1 where one lacks); null when the model does not fall back to bytes.</summary>
    public int[]? Bytes { get; init; }

    /// <summary>What stands before every character of a word but the first.</summary>
    public string ContinuingPrefix { get; init; } = string.Empty;

    /// <summary>What stands behind the last character of a word.</summary>
    public string EndOfWordSuffix { get; init; } = string.Empty;

    /// <summary>Whether a word that is a token is taken whole without asking the merges.</summary>
    public bool IgnoreMerges { get; init; }
}
