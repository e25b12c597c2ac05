namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Puts a string before every text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : Normalizer
{
    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text) => text.IsEmpty;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        if (!text.IsEmpty)
        {
            into.Append(prefix);
        }

        into.Append(text);
    }
}
