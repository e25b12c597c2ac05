using Sluice.Inference.Tokenization.Models;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>The end of the chain: looks the word up in the cache, asks the model when it is not there.</summary>
internal sealed class ModelStep(TokenModel model, bool bytes) : IPieceTaker
{
    /// <summary>The same for a model that sees words written in the byte alphabet.</summary>
    public IPieceTaker ForBytes() => bytes ? new ByteLevelStep(this) : new ModelStep(model, bytes: true);

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        uint hash = 0;
        bool cacheable = piece.Length <= WordCache.MaxLength;
        if (cacheable)
        {
            hash = WordHash.Of(piece);
            if (state.Words.TryGet(piece, hash, out ReadOnlySpan<int> known))
            {
                return state.Emit(known);
            }
        }

        IdList ids = state.Ids;
        ids.Clear();
        if (bytes)
        {
            CharBuffer buffer = state.Rent();
            ByteAlphabet.Append(piece, buffer);
            model.Encode(buffer.Span, ids, state);
            state.Return(buffer);
        }
        else
        {
            model.Encode(piece, ids, state);
        }

        if (cacheable)
        {
            state.Words.Put(piece, hash, ids.Span);
        }

        return state.Emit(ids.Span);
    }
}
