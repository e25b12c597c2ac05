using Sluice.Inference.Answers;
using Sluice.Inference.Chat;
using Sluice.Inference.Tokenization;
using Sluice.Records;

namespace Sluice.Inference.Difficulty;

/// <summary>
/// Scores rows by a causal model: the loss of the answer's tokens with the instruction before them and without. A conversation of several answers is scored in one
/// pass; its mean runs over the tokens of all answers, as does that of the answers alone. Safe for use by many threads.
/// </summary>
internal sealed class InstructionDifficulty
{
    private readonly TextModel _model;
    private readonly ChatTemplate _template;
    private readonly IfdDefinition _definition;
    private readonly int _most;
    private readonly int _leading;

    /// <summary>Creates the scorer.</summary>
    public InstructionDifficulty(TextModel model, ChatTemplate template, IfdDefinition definition)
    {
        _model = model;
        _template = template;
        _definition = definition;
        _most = model.Manifest.MaxTokens;
        TokenBuffer probe = new();
        model.Tokenizer.Wrap([int.MinValue], int.MaxValue, probe);
        _leading = template.AddSpecialTokens ? probe.Ids.IndexOf(int.MinValue) : 0;
    }

    /// <summary>Scores samples; duplicates and rows without an answer that fits get no score.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="onFailure">Takes the index of a row that the model could not score, and why.</param>
    /// <param name="token">Cancels between batches.</param>
    public RowDifficulty[] Score(IReadOnlyList<Sample> samples, Action<int, string> onFailure, CancellationToken token)
    {
        Sequences sequences = new();
        var renderer = new ChatRenderer(_template, _definition.ScoresClosing);
        for (int row = 0; row < samples.Count; row++)
        {
            if (!samples[row].IsDuplicate && samples[row].LastTurnOf(Role.Assistant) >= 0)
            {
                Add(samples[row], row, renderer, sequences);
            }
        }

        using var tokens = new TokenizedRows(sequences.Tokens, [.. sequences.Lengths]);
        float[] losses = _model.MeanLosses(tokens, sequences.Spans, (sequence, reason) => onFailure(sequences.Rows[sequence], reason), token);
        return Join(samples.Count, sequences, losses);
    }

    private void Add(Sample sample, int row, ChatRenderer renderer, Sequences sequences)
    {
        ChatText chat = renderer.Conversation(sample);
        int start = sequences.Tokens.Count;
        int length = Encode(chat.Text, _most, sequences.Tokens, out int end);
        List<TokenSpan> answers = [];
        foreach (Range answer in chat.Answers)
        {
            int from = Math.Max(1, Count(chat.Text.AsSpan(0, answer.Start.Value)));
            int to = answer.End.Value == chat.Text.Length ? end : Math.Min(end, Count(chat.Text.AsSpan(0, answer.End.Value)));
            answers.Add(new TokenSpan(from, to));
        }

        if (answers.TrueForAll(answer => answer.Length == 0))
        {
            sequences.Tokens.Truncate(start);
            return;
        }

        sequences.Add(row, length, [.. answers.Where(answer => answer.Length > 0)], isDirect: false);
        Turn[] turns = [.. sample.Turns.Where(turn => turn.Role == Role.Assistant)];
        for (int i = 0; i < answers.Count; i++)
        {
            if (answers[i].Length > 0)
            {
                AddDirect(turns[i], row, answers[i], renderer, sequences);
            }
        }
    }

    private void AddDirect(Turn turn, int row, TokenSpan answer, ChatRenderer renderer, Sequences sequences)
    {
        ChatText chat = renderer.Direct(turn);
        int before = Count(chat.Text.AsSpan(0, chat.Answers[0].Start.Value));
        int from = Math.Max(1, before);
        // The references leave the direct text the room that the instruction leaves the answer, and the tokens before its first scored one on top.
        int most = _definition.EqualLengths ? _most : Math.Min(_most, _most - answer.Start + from);
        int length = Encode(chat.Text, most, sequences.Tokens, out int end);
        if (_definition.EqualLengths)
        {
            end = Math.Min(end, before + answer.Length);
        }

        sequences.Add(row, length, [new TokenSpan(from, end)], isDirect: true);
    }

    private static RowDifficulty[] Invalid(int rows)
    {
        RowDifficulty[] scores = new RowDifficulty[rows];
        Array.Fill(scores, RowDifficulty.None);
        return scores;
    }

    private RowDifficulty[] Join(int rows, Sequences sequences, float[] losses)
    {
        RowDifficulty[] scores = Invalid(rows);
        for (int i = 0; i < losses.Length;)
        {
            int row = sequences.Rows[i];
            double conditional = losses[i++];
            double sum = 0;
            int count = 0;
            for (; i < losses.Length && sequences.Rows[i] == row; i++)
            {
                int scored = sequences.Spans[i][0].Length;
                sum += scored == 0 ? 0 : (double)losses[i] * scored;
                count += scored;
            }

            double direct = sum / count;
            // An answer of a single token has no loss of its own where nothing stands before it.
            scores[row] = double.IsNaN(conditional) || double.IsNaN(direct) ? RowDifficulty.None : new RowDifficulty(_definition.Ratio(conditional, direct), conditional, direct);
        }

        return scores;
    }

    private int Encode(string text, int most, TokenBuffer into, out int end)
    {
        int before = into.Count;
        if (!_template.AddSpecialTokens)
        {
            end = _model.Tokenizer.EncodePlain(text, most, into);
            return end;
        }

        TokenBuffer plain = new();
        _model.Tokenizer.EncodePlain(text, most, plain);
        int length = _model.Tokenizer.Wrap(plain.Ids, most, into);
        // Special tokens that stand behind the text are no part of the answer.
        end = Math.Min(length, _leading + plain.Count);
        return into.Count - before;
    }

    private int Count(ReadOnlySpan<char> text)
    {
        TokenBuffer counted = new();
        return Math.Min(_most, _leading + _model.Tokenizer.EncodePlain(text, _most, counted));
    }

    /// <summary>What the model reads: of each row the conversation, then its answers alone.</summary>
    private sealed class Sequences
    {
        public TokenBuffer Tokens { get; } = new();

        public List<int> Lengths { get; } = [];

        public List<TokenSpan[]> Spans { get; } = [];

        public List<int> Rows { get; } = [];

        public void Add(int row, int length, TokenSpan[] spans, bool isDirect)
        {
            // A sequence without a scored token is not run.
            bool isEmpty = isDirect && spans[0].Length == 0;
            if (isEmpty)
            {
                Tokens.Truncate(Tokens.Count - length);
            }

            Lengths.Add(isEmpty ? -1 : length);
            Spans.Add(spans);
            Rows.Add(row);
        }
    }
}
