using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>NFC, NFD, NFKC or NFKD.</summary>
internal sealed class UnicodeNormalizer(UnicodeForm form) : Normalizer
{
    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text) => form.Leaves(text);

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state) => form.Apply(text, into, state.Codes);
}
