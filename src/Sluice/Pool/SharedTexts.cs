using Sluice.Records;

namespace Sluice.Pool;

/// <summary>One string for rows of the same text: a million rows share a few dozen categories.</summary>
internal static class SharedTexts
{
    /// <summary>Different texts that are told apart.</summary>
    public const int Most = 65536;

    /// <summary>Lets rows of the same text share a string. Returns whether the column holds few different ones, so that to keep it costs little.</summary>
    public static bool Share(TextData texts)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        for (int i = 0; i < texts.Values.Length; i++)
        {
            if (texts.Values[i] is not { } text)
            {
                continue;
            }

            if (known.TryGetValue(text, out string? same))
            {
                texts.Values[i] = same;
            }
            else if (known.Count < Most)
            {
                known[text] = text;
            }
        }

        return known.Count < Most;
    }
}
