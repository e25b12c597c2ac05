namespace Sluice.Inference.Manifests;

/// <summary>What an output holds.</summary>
internal enum OutputKind
{
    /// <summary>Numbers of a row or vectors of its tokens, as task and pooling say.</summary>
    Values,

    /// <summary>The vocabulary's logits for the next token: [batch, tokens, vocabulary], or [batch, vocabulary] after the last token.</summary>
    Logits,

    /// <summary>[batch, tokens]: minus the natural logarithm of each token's probability given the tokens before it; the first token's is not read.</summary>
    Losses,
}
