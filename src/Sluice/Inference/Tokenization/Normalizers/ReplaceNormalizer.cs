namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Replaces every occurrence of a string.</summary>
internal sealed class ReplaceNormalizer(string pattern, string content) : Normalizer
{
    /// <inheritdoc/>
    public override bool DropsRuns => content.Length == 0;

    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text) => text.IndexOf(pattern) < 0;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        ReadOnlySpan<char> rest = text;
        for (int at = rest.IndexOf(pattern); at >= 0; at = rest.IndexOf(pattern))
        {
            into.Append(rest[..at]);
            into.Append(content);
            rest = rest[(at + pattern.Length)..];
        }

        into.Append(rest);
    }
}
