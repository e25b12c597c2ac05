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
}
