using System.Text;
using Sluice.Inference.TextViews;
using Sluice.Records;

namespace Sluice.Inference.Chat;

/// <summary>Writes conversations as a template says. For one thread.</summary>
/// <param name="template">The template.</param>
/// <param name="scoresClosing">Whether what closes an answer is part of it (IterIT). Where it is not, the text ends with the last answer's own words.</param>
internal sealed class ChatRenderer(ChatTemplate template, bool scoresClosing)
{
    private readonly StringBuilder _text = new();

    /// <summary>The whole conversation up to its last answer.</summary>
    public ChatText Conversation(Sample sample)
    {
        _text.Clear();
        List<Range> answers = [];
        int last = Array.FindLastIndex(sample.Turns, turn => turn.Role == Role.Assistant);
        bool isFirst = true;
        if (sample.Turns[0].Role != Role.System)
        {
            _text.Append(template.Start);
        }

        for (int i = 0; i <= last; i++)
        {
            Turn turn = sample.Turns[i];
            switch (turn.Role)
            {
                case Role.Assistant:
                    answers.Add(Answer(turn.Text.Span, template.Response, isLast: i == last));
                    break;
                case Role.System when i == 0:
                    template.System.Fill(_text, new TextParts { Text = turn.Text.Span });
                    break;
                case Role.User when isFirst:
                    isFirst = false;
                    First(sample, turn);
                    break;
                default:
                    template.Next.Fill(_text, new TextParts { Text = turn.Text.Span });
                    break;
            }
        }

        return new ChatText(_text.ToString(), answers);
    }

    /// <summary>An answer alone.</summary>
    public ChatText Direct(Turn answer)
    {
        _text.Clear();
        Range range = Answer(answer.Text.Span, template.Direct, isLast: true);
        return new ChatText(_text.ToString(), [range]);
    }

    private void First(Sample sample, Turn turn)
    {
        ReadOnlySpan<char> input = TextViewReader.InputOf(sample);
        if (input.IsEmpty)
        {
            template.First.Fill(_text, new TextParts { Instruction = turn.Text.Span });
        }
        else
        {
            template.FirstWithInput.Fill(_text, new TextParts { Instruction = sample.Instruction.Span, Input = input });
        }
    }

    private Range Answer(ReadOnlySpan<char> text, (string Before, string After) around, bool isLast)
    {
        int start = _text.Append(around.Before).Length;
        int end = _text.Append(text).Length;
        if (scoresClosing || !isLast)
        {
            _text.Append(around.After);
        }

        return start..(scoresClosing ? _text.Length : end);
    }
}
