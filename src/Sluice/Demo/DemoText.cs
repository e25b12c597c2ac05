using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sluice.Demo;

/// <summary>A reusable text that templates are written into: interpolated strings go straight to its buffer, without a string in between.</summary>
internal sealed class DemoText
{
    private char[] _chars = new char[2048];

    /// <summary>Characters written.</summary>
    public int Length { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <summary>The text, as memory that is overwritten with it.</summary>
    public ReadOnlyMemory<char> Memory => _chars.AsMemory(0, Length);

    /// <summary>The characters written, to be changed in place.</summary>
    public Span<char> Writable => _chars.AsSpan(0, Length);

    /// <summary>Starts over.</summary>
    public void Clear() => Length = 0;

    /// <summary>Keeps the first <paramref name="length"/> characters.</summary>
    public void Cut(int length) => Length = Math.Min(Length, length);

    /// <summary>Writes an interpolated string.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Format format) => Length = format.Text.Length;

    /// <summary>Writes a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    /// <summary>Writes a text.</summary>
    public void Add(string text) => Add(text.AsSpan());

    /// <summary>Writes a text with its first letter as a capital: the beginning of a sentence.</summary>
    public void AddCapital(string text)
    {
        Add(char.ToUpperInvariant(text[0]));
        Add(text.AsSpan(1));
    }

    /// <summary>Writes a character.</summary>
    public void Add(char character)
    {
        Reserve(1)[0] = character;
        Length++;
    }

    /// <summary>Writes a whole number.</summary>
    public void Add(long number)
    {
        number.TryFormat(Reserve(20), out int written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>The text as a string.</summary>
    public override string ToString() => new(Span);

    private Span<char> Reserve(int count)
    {
        if (_chars.Length - Length < count)
        {
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, Length + count));
        }

        return _chars.AsSpan(Length, count);
    }

    /// <summary>Writes the pieces of an interpolated string as they come.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Format
    {
        /// <summary>Called by the compiler.</summary>
        public Format(int literalLength, int formattedCount, DemoText text)
        {
            _ = literalLength + formattedCount;
            Text = text;
        }

        /// <summary>What is written to.</summary>
        public DemoText Text { get; }

        /// <summary>A fixed piece.</summary>
        public void AppendLiteral(string value) => Text.Add(value.AsSpan());

        /// <summary>A text.</summary>
        public void AppendFormatted(string value) => Text.Add(value.AsSpan());

        /// <summary>A word after its indefinite article, which is what the format <c>a</c> asks for.</summary>
        public void AppendFormatted(string value, string format)
        {
            Text.Add(format);
            bool vowel = "aeiou".Contains(value[0], StringComparison.Ordinal) && !value.StartsWith("us", StringComparison.Ordinal);
            Text.Add(vowel ? "n " : " ");
            Text.Add(value);
        }

        /// <summary>A text.</summary>
        public void AppendFormatted(ReadOnlySpan<char> value) => Text.Add(value);

        /// <summary>A character.</summary>
        public void AppendFormatted(char value) => Text.Add(value);

        /// <summary>A whole number.</summary>
        public void AppendFormatted(int value) => Text.Add(value);

        /// <summary>A whole number.</summary>
        public void AppendFormatted(long value) => Text.Add(value);

        /// <summary>A person's first name and surname.</summary>
        public void AppendFormatted(Person value)
        {
            Text.Add(value.First);
            Text.Add(' ');
            Text.Add(value.Last);
        }

        /// <summary>A place's name.</summary>
        public void AppendFormatted(Place value) => value.WriteName(Text);

        /// <summary>An amount with up to two decimals.</summary>
        public void AppendFormatted(Hundredths value) => value.Write(Text);
    }
}
