using Sluice.Inference.Tokenization.Models;
using Sluice.Inference.Tokenization.Normalizers;

namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>
/// BertNormalizer, BertPreTokenizer and the model over raw text in one pass. ASCII white space and punctuation end words whatever stands beside them, and so
/// do Chinese characters when the normaliser isolates them; what lies between is a chunk whose ids depend on its characters alone, and are cached by them.
/// </summary>
internal sealed class BertChunkStep(BertNormalizer normalizer, TokenModel model) : IPieceTaker
{
    private const byte Complex = 0;
    private const byte Word = 1;
    private const byte Space = 2;
    private const byte Alone = 3;
    private readonly BertStep _words = new(new CollectStep(model));
    private readonly byte[] _kinds = Build();
    private readonly bool _isolatesChinese = normalizer.HandleChinese;

    /// <inheritdoc/>
    public bool Take(ReadOnlySpan<char> piece, bool first, EncodeState state)
    {
        for (int i = 0; i < piece.Length;)
        {
            char c = piece[i];
            byte kind = KindOf(c);
            int start = i++;
            if (kind == Space)
            {
                continue;
            }

            bool plain = kind == Word;
            if (kind is Word or Complex)
            {
                for (; i < piece.Length && (kind = KindOf(piece[i])) is Word or Complex; i++)
                {
                    plain &= kind == Word;
                }
            }
            else
            {
                plain = true;
            }

            if (!TakeChunk(piece[start..i], plain, state))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Build()
    {
        byte[] kinds = new byte[128];
        for (int c = 0; c < kinds.Length; c++)
        {
            kinds[c] = c switch
            {
                ' ' or '\t' or '\n' or '\r' => Space,
                _ when char.IsAsciiLetterOrDigit((char)c) => Word,
                _ when char.IsControl((char)c) => Complex,
                _ => Alone,
            };
        }

        return kinds;
    }

    private byte KindOf(char c)
    {
        if (c < 128)
        {
            return _kinds[c];
        }

        return _isolatesChinese && c is >= '\u4E00' and <= '\u9FFF' ? Alone : Complex;
    }

    private bool TakeChunk(ReadOnlySpan<char> chunk, bool plain, EncodeState state)
    {
        uint hash = 0;
        bool cacheable = chunk.Length <= WordCache.MaxLength;
        if (cacheable)
        {
            hash = WordHash.Of(chunk);
            if (state.Chunks.TryGet(chunk, hash, out ReadOnlySpan<int> known))
            {
                return state.Emit(known);
            }
        }

        state.Ids.Clear();
        Encode(chunk, plain, state);
        if (cacheable)
        {
            state.Chunks.Put(chunk, hash, state.Ids.Span);
        }

        return state.Emit(state.Ids.Span);
    }

    private void Encode(ReadOnlySpan<char> chunk, bool plain, EncodeState state)
    {
        if (plain && !normalizer.Lowercase)
        {
            model.Encode(chunk, state.Ids, state);
            return;
        }

        CharBuffer buffer = state.Rent();
        if (plain)
        {
            LowercaseNormalizer.Append(chunk, buffer);
            model.Encode(buffer.Span, state.Ids, state);
        }
        else
        {
            normalizer.Apply(chunk, buffer, state);
            if (buffer.Length > 0)
            {
                _ = _words.Take(buffer.Span, first: false, state);
            }
        }

        state.Return(buffer);
    }
}
