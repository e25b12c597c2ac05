using Sluice.Records;

namespace Sluice.Stages;

/// <summary>A row up to its last user turn: what a model is asked. The row's own last answer is not part of it.</summary>
internal sealed class Question
{
    private readonly Sample _row;

    private Question(Sample row, int turns)
    {
        _row = row;
        Sample = new Sample(row.Origin, row.Raw, row.Turns[..turns], row.Instruction) { Row = row.Row };
    }

    /// <summary>The conversation, ending with a user turn.</summary>
    public Sample Sample { get; }

    /// <summary>The question of a row; null when nobody asks anything in it.</summary>
    public static Question? Of(Sample row)
    {
        int last = row.LastTurnOf(Role.User);
        return last < 0 || row.Turns[last].Text.IsBlank ? null : new Question(row, last + 1);
    }

    /// <summary>The conversation with an answer.</summary>
    public Sample With(string answer) =>
        new(_row.Origin, _row.Raw, (Turn[])[.. Sample.Turns, new Turn(Role.Assistant, Utf8Text.Of(answer))], _row.Instruction) { Row = _row.Row };
}
