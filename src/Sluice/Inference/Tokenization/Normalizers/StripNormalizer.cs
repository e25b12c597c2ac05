namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Trims white space on one side or both.</summary>
internal sealed class StripNormalizer(bool left, bool right) : Normalizer
{
    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        ReadOnlySpan<char> kept = left ? text.TrimStart() : text;
        into.Append(right ? kept.TrimEnd() : kept);
    }
}
