using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Replaces every match of a pattern by a fixed string.</summary>
internal sealed class RegexReplaceNormalizer(CodePointRegex pattern, string content) : Normalizer
{
    /// <inheritdoc/>
    public override bool DropsRuns => content.Length == 0;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        int last = 0;
        CodePointRegex.Matches matches = pattern.Match(text, state);
        while (matches.Next(out int start, out int end))
        {
            into.Append(text[last..start]);
            into.Append(content);
            last = end;
        }

        matches.Close(state);
        into.Append(text[last..]);
    }
}
