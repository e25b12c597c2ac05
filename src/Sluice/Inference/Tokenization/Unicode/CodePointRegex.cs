using System.Text.RegularExpressions;

namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>
/// A pattern of a tokenizer file, matched code point by code point: the framework's engine sees UTF-16 units, so a text with surrogate pairs is matched in
/// a copy where one character of the same class stands for each pair.
/// </summary>
internal sealed class CodePointRegex
{
    private readonly Regex _regex;

    /// <summary>Translates the pattern.</summary>
    /// <exception cref="NotSupportedException">The pattern uses syntax that may mean something else here than in the reference.</exception>
    public CodePointRegex(string pattern)
    {
        string translated = RegexTranslator.Translate(pattern);
        try
        {
            _regex = new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.Compiled);
        }
        catch (ArgumentException error)
        {
            throw new NotSupportedException($"has a pattern that cannot be read here: {error.Message}", error);
        }
    }

    /// <summary>Starts matching; <see cref="Matches.Close"/> must follow.</summary>
    public Matches Match(ReadOnlySpan<char> text, EncodeState state)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return new Matches(_regex.EnumerateMatches(text), null, null);
        }

        CharBuffer copy = state.Rent();
        IdList places = state.RentList();
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            copy.Append(length == 1 ? text[i] : RegexTranslator.StandIn(code));
            places.Add(i);
            i += length;
        }

        places.Add(text.Length);
        return new Matches(_regex.EnumerateMatches(copy.Span), copy, places);
    }

    /// <summary>The matches of one text, from left to right; empty ones are left out.</summary>
    public ref struct Matches
    {
        private readonly CharBuffer? _copy;
        private readonly IdList? _places;
        private Regex.ValueMatchEnumerator _matches;

        internal Matches(Regex.ValueMatchEnumerator matches, CharBuffer? copy, IdList? places)
        {
            _matches = matches;
            _copy = copy;
            _places = places;
        }

        /// <summary>The next match, in UTF-16 units of the text.</summary>
        public bool Next(out int start, out int end)
        {
            while (_matches.MoveNext())
            {
                start = _matches.Current.Index;
                end = start + _matches.Current.Length;
                if (start == end)
                {
                    continue;
                }

                if (_places is not null)
                {
                    start = _places.Span[start];
                    end = _places.Span[end];
                }

                return true;
            }

            start = 0;
            end = 0;
            return false;
        }

        /// <summary>Hands the scratch memory back.</summary>
        public readonly void Close(EncodeState state)
        {
            if (_copy is not null && _places is not null)
            {
                state.Return(_copy);
                state.Return(_places);
            }
        }
    }
}
