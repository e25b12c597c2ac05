namespace Sluice.Inference.Manifests;

/// <summary>How a vector a token becomes a vector a row.</summary>
internal enum Pooling
{
    /// <summary>The graph gives one vector a row itself.</summary>
    None,

    /// <summary>The mean over the row's tokens, padding left out.</summary>
    Mean,

    /// <summary>The first token's vector.</summary>
    Cls,

    /// <summary>The last token's vector, padding left out.</summary>
    Last,
}
