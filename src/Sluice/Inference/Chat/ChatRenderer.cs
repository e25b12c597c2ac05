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
        if (sample.Turns[0].Role != Role.System)
        {
            _text.Append(template.Start);
        }

        List<Range> answers = [];
        Turns(sample, sample.LastTurnOf(Role.Assistant), endsWithAnswer: true, answers);
        return new ChatText(_text.ToString(), answers);
    }

    /// <summary>The whole conversation and what stands before the next answer: the prompt that a model goes on from.</summary>
    /// <param name="sample">The conversation, up to the question.</param>
    /// <param name="system">Stands in place of the template's beginning where the row has no system turn of its own; empty for none.</param>
    public string Question(Sample sample, string system)
    {
        _text.Clear();
        if (sample.Turns[0].Role != Role.System)
        {
            if (system.Length > 0)
            {
                template.System.Fill(_text, new TextParts { Text = Encoding.UTF8.GetBytes(system) });
            }
            else
            {
                _text.Append(template.Start);
            }
        }

        Turns(sample, sample.Turns.Count - 1, endsWithAnswer: false, []);
        return _text.Append(template.Response.Before).ToString();
    }

    /// <summary>An answer alone.</summary>
    public ChatText Direct(Turn answer)
    {
        _text.Clear();
        Range range = Answer(answer.Text.Span, template.Direct, isLast: true);
        return new ChatText(_text.ToString(), [range]);
    }

    private void Turns(Sample sample, int last, bool endsWithAnswer, List<Range> answers)
    {
        bool isFirst = true;
        for (int i = 0; i <= last; i++)
        {
            Turn turn = sample.Turns[i];
            switch (turn.Role)
            {
                case Role.Assistant:
                    answers.Add(Answer(turn.Text.Span, template.Response, isLast: endsWithAnswer && i == last));
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
    }

    private void First(Sample sample, Turn turn)
    {
        ReadOnlySpan<byte> input = TextViewReader.InputOf(sample);
        if (input.IsEmpty)
        {
            template.First.Fill(_text, new TextParts { Instruction = turn.Text.Span });
        }
        else
        {
            template.FirstWithInput.Fill(_text, new TextParts { Instruction = sample.Instruction.Span, Input = input });
        }
    }

    private Range Answer(ReadOnlySpan<byte> text, (string Before, string After) around, bool isLast)
    {
        int start = _text.Append(around.Before).Length;
        int end = Utf16Decoding.Append(_text, text).Length;
        if (scoresClosing || !isLast)
        {
            _text.Append(around.After);
        }

        return start..(scoresClosing ? _text.Length : end);
    }
}
