using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.Sinks.Report.Facts;

/// <summary>Short pieces of a row for people.</summary>
internal static class RowExcerpt
{
    /// <summary>The beginning of a row's JSON; escaped letters (<c>\u4e2d</c>) are shown as letters.</summary>
    public static string Json(byte[] row, int length)
    {
        // An escaped letter takes six bytes, one in UTF-8 at most four.
        string text = Encoding.UTF8.GetString(row.AsSpan(0, Math.Min(row.Length, (6 * length) + 8)));
        StringBuilder plain = new(Math.Min(text.Length, length + 16));
        int i = 0;
        while (i < text.Length && plain.Length <= length)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                plain.Append(text[i++]);
            }
            else if (text[i + 1] == 'u' && i + 6 <= text.Length && int.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                && code >= 0x80)
            {
                plain.Append((char)code);
                i += 6;
            }
            else
            {
                plain.Append(text, i, 2);
                i += 2;
            }
        }

        return SafeText.Shorten(plain.ToString(), length);
    }

    /// <summary>The texts in a row, one after the other, without names and punctuation of JSON; at most <paramref name="length"/> characters.</summary>
    public static string Texts(byte[] row, int length)
    {
        StringBuilder texts = new();
        try
        {
            Utf8JsonReader reader = new(row, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            while (texts.Length < length && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    texts.Append(texts.Length > 0 ? "\n" : "").Append(reader.GetString());
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Json(row, length);
        }

        return SafeText.Shorten(texts.ToString(), length);
    }
}
