using System.Text;
using Sluice.Records;

namespace Sluice.Inference.TextViews;

/// <summary>A text with named places, such as <c>USER: {instruction} ASSISTANT:</c>. Filled in one pass, so braces in a row's own text stay as they are. Immutable.</summary>
internal sealed class TextForm
{
    private readonly string[] _texts;
    private readonly TextSlot[] _slots;

    private TextForm(string source, string[] texts, TextSlot[] slots)
    {
        Source = source;
        _texts = texts;
        _slots = slots;
    }

    /// <summary>The form as written.</summary>
    public string Source { get; }

    /// <summary>Whether a place stands in the form.</summary>
    public bool Has(TextSlot slot) => Array.IndexOf(_slots, slot) >= 0;

    /// <summary>
    /// Reads a form. Only the places' own names count (<c>{prompt}</c>, <c>{instruction}</c>, <c>{input}</c>, <c>{response}</c>, <c>{text}</c>); any other brace is text,
    /// but a single lower-case word in braces that is no place's name throws <see cref="FormatException"/>, as it is a typing error more often than text.
    /// </summary>
    public static TextForm Parse(string source, params ReadOnlySpan<TextSlot> allowed)
    {
        List<string> texts = [];
        List<TextSlot> slots = [];
        StringBuilder text = new();
        for (int at = 0; at < source.Length; at++)
        {
            int end = source[at] == '{' ? source.IndexOf('}', at) : -1;
            ReadOnlySpan<char> name = end < 0 ? [] : source.AsSpan(at + 1, end - at - 1);
            if (name.Length == 0 || name.ContainsAnyExceptInRange('a', 'z'))
            {
                text.Append(source[at]);
                continue;
            }

            slots.Add(Find(name, allowed));
            texts.Add(text.ToString());
            text.Clear();
            at = end;
        }

        texts.Add(text.ToString());
        return new TextForm(source, [.. texts], [.. slots]);
    }

    /// <summary>Appends the form with its places filled.</summary>
    public void Fill(StringBuilder into, in TextParts parts)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            Utf16Decoding.Append(into.Append(_texts[i]), parts[_slots[i]]);
        }

        into.Append(_texts[^1]);
    }

    private static TextSlot Find(ReadOnlySpan<char> name, ReadOnlySpan<TextSlot> allowed)
    {
        foreach (TextSlot slot in allowed)
        {
            if (name.Equals(slot.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return slot;
            }
        }

        throw new FormatException($"the place {{{name}}}, expected one of {string.Join(", ", allowed.ToArray().Select(slot => $"{{{slot.ToString().ToLowerInvariant()}}}"))}");
    }
}
