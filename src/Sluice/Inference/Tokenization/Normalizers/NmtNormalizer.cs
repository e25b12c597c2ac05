namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>The character clean-up of the neural machine translation vocabularies: some controls vanish, odd spaces become a space.</summary>
internal sealed class NmtNormalizer : Normalizer
{
    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F':
                    break;
                case '\u0009' or '\u000A' or '\u000C' or '\u000D' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581'
                    or '\uFEFF' or '\uFFFD':
                    into.Append(' ');
                    break;
                default:
                    into.Append(c);
                    break;
            }
        }
    }
}
