using System.Collections.Concurrent;
using Sluice.Inference.TextViews;
using Sluice.Inference.Tokenization;
using Sluice.Records;

namespace Sluice.Inference;

/// <summary>
/// The plain ids of a batch's prompts, responses and instructions, made once for all models of one tokenizer: each model puts its special tokens around them and
/// cuts them to its own length. Lies in <see cref="RowBatch.Scratch"/>; for one thread at a time, as a batch is in one block at a time.
/// </summary>
/// <param name="tokenizer">Makes the ids.</param>
/// <param name="maxTokens">Ids kept of a text: the most that any of the models reads.</param>
internal sealed class SharedTokens(ITokenizer tokenizer, int maxTokens) : IDisposable
{
    // A buffer grows to a batch's size once; a new one for every batch would be a megabyte of garbage each.
    private static readonly ConcurrentBag<TokenBuffer> s_buffers = [];

    private readonly Dictionary<TextView, TokenizedRows> _views = [];
    private readonly TextViewReader _reader = new();

    /// <summary>The ids of a view of one text; a duplicate's are left out (length -1).</summary>
    public TokenizedRows Of(TextView view, IReadOnlyList<Sample> samples)
    {
        if (!_views.TryGetValue(view, out TokenizedRows? rows))
        {
            rows = view == TextView.Instruction && samples.All(sample => sample.IsDuplicate || IsWholePrompt(sample))
                ? Of(TextView.Prompt, samples)
                : Make(view, samples);
            _views.Add(view, rows);
        }

        return rows;
    }

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        foreach (TokenizedRows rows in _views.Values.Distinct())
        {
            rows.Dispose();
        }

        _views.Clear();
    }

    private TokenizedRows Make(TextView view, IReadOnlyList<Sample> samples)
    {
        TokenBuffer buffer = s_buffers.TryTake(out TokenBuffer? idle) ? idle : new TokenBuffer();
        buffer.Clear();
        int[] lengths = new int[samples.Count];
        TokenizedRows? prompts = view == TextView.Instruction ? _views.GetValueOrDefault(TextView.Prompt) : null;
        for (int row = 0; row < lengths.Length; row++)
        {
            Sample sample = samples[row];
            if (sample.IsDuplicate)
            {
                lengths[row] = -1;
            }
            else if (prompts is not null && prompts.LengthOf(row) >= 0 && IsWholePrompt(sample))
            {
                buffer.Add(prompts.IdsOf(row), 0);
                lengths[row] = prompts.LengthOf(row);
            }
            else
            {
                lengths[row] = tokenizer.EncodePlain(_reader.Read(sample, view), maxTokens, buffer);
            }
        }

        var made = new TokenizedRows(buffer, lengths);
        s_buffers.Add(buffer);
        return made;
    }

    /// <summary>Whether the instruction is all that the prompt holds: one turn that is not the assistant's, without an input of its own.</summary>
    private static bool IsWholePrompt(Sample sample)
    {
        int prompts = 0;
        int length = 0;
        foreach (Turn turn in sample.Turns)
        {
            if (turn.Role != Role.Assistant)
            {
                prompts++;
                length = turn.Text.Length;
            }
        }

        return prompts == 1 && length == sample.Instruction.Length;
    }
}
