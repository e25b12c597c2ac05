using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Drops combining marks (general category M).</summary>
internal sealed class StripAccentsNormalizer : Normalizer
{
    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('\0', '\u02FF');

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            i += length;
            if (!CodePoints.IsMark(code))
            {
                into.AppendCode(code);
            }
        }
    }
}
