using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference;

/// <summary>Turns "w12 w7" into 12, 7; any other word into 1. A pair is joined by 2, its second text being of type 1.</summary>
internal sealed class WordTokenizer : ITokenizer
{
    private int _calls;

    public int PadId => 0;

    /// <summary>How often a text or pair was encoded.</summary>
    public int Calls => _calls;

    public int Encode(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into)
    {
        Interlocked.Increment(ref _calls);
        return Append(text, maxTokens, 0, into);
    }

    public int EncodePair(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxTokens, TokenBuffer into)
    {
        Interlocked.Increment(ref _calls);
        int count = Append(first, maxTokens - 1, 0, into) + 1;
        into.Add(2);
        return count + Append(second, maxTokens - count, 1, into);
    }

    public int EncodePlain(ReadOnlySpan<char> text, int maxTokens, TokenBuffer into)
    {
        Interlocked.Increment(ref _calls);
        return Append(text, maxTokens, 0, into);
    }

    public int Wrap(ReadOnlySpan<int> ids, int maxTokens, TokenBuffer into)
    {
        int count = Math.Min(ids.Length, maxTokens);
        into.Add(ids[..count], 0);
        return count;
    }

    public int WrapPair(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int maxTokens, TokenBuffer into)
    {
        int count = Wrap(first, maxTokens - 1, into) + 1;
        into.Add(2);
        int rest = Math.Min(second.Length, maxTokens - count);
        into.Add(second[..rest], 1);
        return count + rest;
    }

    public bool TryGetId(string token, out int id)
    {
        id = -1;
        return token.Length > 1 && token[0] == 'w' && int.TryParse(token.AsSpan(1), out id);
    }

    private static int Append(ReadOnlySpan<char> text, int most, byte type, TokenBuffer into)
    {
        int count = 0;
        foreach (Range range in text.SplitAny(" \n"))
        {
            ReadOnlySpan<char> word = text[range];
            if (word.Length > 0 && count < most)
            {
                into.Add(word[0] == 'w' && int.TryParse(word[1..], out int id) ? id : 1, type);
                count++;
            }
        }

        return count;
    }
}
