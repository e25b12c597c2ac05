namespace Sluice.Inference.Manifests;

/// <summary>What a model's numbers mean.</summary>
internal enum ModelTask
{
    /// <summary>One logit a label.</summary>
    Classification,

    /// <summary>One number a row.</summary>
    Regression,

    /// <summary>One vector a row.</summary>
    Embedding,

    /// <summary>One number a row: the expectation over the probabilities of a few answer tokens (Deita's scorers, arXiv 2312.15685).</summary>
    TokenProbability,

    /// <summary>A causal language model: the loss of each token given those before it.</summary>
    Perplexity,
}
