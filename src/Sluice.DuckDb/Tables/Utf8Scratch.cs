using System.Text;

namespace Sluice.DuckDb.Tables;

/// <summary>Encodes one text after the other into the same bytes.</summary>
internal sealed class Utf8Scratch
{
    private byte[] _bytes = new byte[1024];

    /// <summary>The text in UTF-8, valid until the next call; half a surrogate pair becomes U+FFFD.</summary>
    public ReadOnlySpan<byte> Encode(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _bytes.Length)
        {
            _bytes = new byte[most];
        }

        return _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes));
    }
}
