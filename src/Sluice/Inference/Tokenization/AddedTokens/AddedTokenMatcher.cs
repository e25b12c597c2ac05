using System.Buffers;
using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.AddedTokens;

/// <summary>Finds added tokens: the leftmost, and of those that start at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly (string Pattern, AddedToken Token)[] _tokens;
    private readonly SearchValues<string> _patterns;

    /// <summary>Takes the tokens with the text each is looked for as.</summary>
    public AddedTokenMatcher(IReadOnlyList<(string Pattern, AddedToken Token)> tokens)
    {
        _tokens = [.. tokens.OrderByDescending(token => token.Pattern.Length)];
        _patterns = SearchValues.Create([.. _tokens.Select(token => token.Pattern)], StringComparison.Ordinal);
    }

    /// <summary>The texts looked for.</summary>
    public IEnumerable<string> Patterns => _tokens.Select(token => token.Pattern);

    /// <summary>Finds the next token at or after <paramref name="from"/>; white space before <paramref name="floor"/> is taken already.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, int floor, out AddedMatch match)
    {
        while (from < text.Length)
        {
            int at = text[from..].IndexOfAny(_patterns);
            if (at < 0)
            {
                break;
            }

            int start = from + at;
            (int length, AddedToken token) = At(text[start..]);
            int end = start + length;
            from = end;
            if (token.SingleWord && !StandsAlone(text, start, end))
            {
                continue;
            }

            if (token.TakesLeft)
            {
                start = Math.Max(text[..start].TrimEnd().Length, floor);
            }

            int taken = token.TakesRight ? text.Length - text[end..].TrimStart().Length : end;
            match = new AddedMatch(start, taken, end, token.Id);
            return true;
        }

        match = default;
        return false;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end)
    {
        int before = start;
        if (before > 0)
        {
            before -= before > 1 && char.IsLowSurrogate(text[before - 1]) ? 2 : 1;
        }

        return (start == 0 || !IsWord(CodePoints.At(text, before, out _))) && (end == text.Length || !IsWord(CodePoints.At(text, end, out _)));
    }

    private static bool IsWord(int code) => CodePoints.IsWord(code) || code is 0x200C or 0x200D;

    private (int Length, AddedToken Token) At(ReadOnlySpan<char> text)
    {
        foreach ((string pattern, AddedToken token) in _tokens)
        {
            if (text.StartsWith(pattern))
            {
                return (pattern.Length, token);
            }
        }

        throw new InvalidOperationException("An added token was found and then not found. This is a bug.");
    }
}
