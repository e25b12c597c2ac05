using Sluice.Records;

namespace Sluice.Inference.TextViews;

/// <summary>Reads the text of samples for a view, into one growing buffer, so that a text lives until the next one is read. For one thread.</summary>
internal sealed class TextViewReader
{
    private byte[] _joined = [];
    private char[] _decoded = [];

    /// <summary>The text of a sample for a view of one text, as a tokenizer reads it. For <see cref="TextView.Pair"/> and templates read the parts with a reader each.</summary>
    public ReadOnlySpan<char> Read(Sample sample, TextView view) => Utf16Decoding.Decode(ReadBytes(sample, view), ref _decoded);

    /// <summary>The same as UTF-8; a text of one turn is not copied.</summary>
    public ReadOnlySpan<byte> ReadBytes(Sample sample, TextView view) => view switch
    {
        TextView.Instruction => sample.Instruction.Span,
        TextView.Pair or TextView.Template => throw new ArgumentException($"This is a bug: {view} is several texts.", nameof(view)),
        _ => Join(sample.Turns, view),
    };

    /// <summary>Alpaca's input (Dolly's context): what stands after the instruction and a line break in the first turn that is not the assistant's; else empty. UTF-8.</summary>
    public static ReadOnlySpan<byte> InputOf(Sample sample)
    {
        foreach (Turn turn in sample.Turns)
        {
            if (turn.Role == Role.User)
            {
                int from = sample.Instruction.Length;
                ReadOnlySpan<byte> text = turn.Text.Span;
                return text.Length > from && text[from] == '\n' && text.StartsWith(sample.Instruction.Span) ? text[(from + 1)..] : [];
            }
        }

        return [];
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<Turn> turns, TextView view)
    {
        int first = -1;
        int count = 0;
        int length = 0;
        for (int i = 0; i < turns.Length; i++)
        {
            if (Shows(view, turns[i].Role))
            {
                first = count++ == 0 ? i : first;
                length += turns[i].Text.Length + 1;
            }
        }

        return count switch
        {
            0 => [],
            1 => turns[first].Text.Span,
            _ => Copy(turns, view, length - 1),
        };
    }

    private ReadOnlySpan<byte> Copy(ReadOnlySpan<Turn> turns, TextView view, int length)
    {
        if (_joined.Length < length)
        {
            _joined = new byte[Math.Max(length, _joined.Length * 2)];
        }

        int at = 0;
        bool isFirst = true;
        foreach (Turn turn in turns)
        {
            if (!Shows(view, turn.Role))
            {
                continue;
            }

            if (!isFirst)
            {
                _joined[at++] = (byte)'\n';
            }

            isFirst = false;
            turn.Text.Span.CopyTo(_joined.AsSpan(at));
            at += turn.Text.Length;
        }

        return _joined.AsSpan(0, length);
    }

    private static bool Shows(TextView view, Role role) => view switch
    {
        TextView.Prompt => role != Role.Assistant,
        TextView.Response => role == Role.Assistant,
        _ => true,
    };
}
