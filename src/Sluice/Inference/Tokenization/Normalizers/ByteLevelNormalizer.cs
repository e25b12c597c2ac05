namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Writes each UTF-8 byte as one printable character.</summary>
internal sealed class ByteLevelNormalizer : Normalizer
{
    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state) => ByteAlphabet.Append(text, into);
}
