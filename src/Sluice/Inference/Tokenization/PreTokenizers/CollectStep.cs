using Sluice.Inference.Tokenization.Models;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>Collects the ids of several words that make one entry of a cache.</summary>
internal sealed class CollectStep(TokenModel model) : IPieceTaker
{
    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        model.Encode(piece, state.Ids, state);
        return true;
    }
}
