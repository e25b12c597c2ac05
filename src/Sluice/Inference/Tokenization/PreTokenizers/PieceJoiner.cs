namespace Sluice.Inference.Tokenization.PreTokenizers;

/// <summary>
/// Turns the matches and gaps of one text, told from left to right, into pieces as a <see cref="PieceBehavior"/> says, and hands them on.
/// </summary>
internal ref struct PieceJoiner(ReadOnlySpan<char> text, bool first, PieceBehavior behavior, IPieceTaker next, EncodeState state)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _start;
    private int _end;
    private bool _open;
    private bool _lastMatched;

    /// <summary>Tells the next stretch of the text; false when no further one is wanted.</summary>
    public bool Add(int start, int end, bool isMatch)
    {
        if (start == end)
        {
            return true;
        }

        bool last = _lastMatched;
        _lastMatched = isMatch;
        bool joins = behavior switch
        {
            PieceBehavior.Contiguous => isMatch == last,
            PieceBehavior.MergedWithPrevious => isMatch && !last,
            PieceBehavior.MergedWithNext => last && !isMatch,
            _ => false,
        };
        if (joins && _open)
        {
            _end = end;
            return true;
        }

        if (!Close())
        {
            return false;
        }

        if (behavior != PieceBehavior.Removed || !isMatch)
        {
            _start = start;
            _end = end;
            _open = true;
        }

        return true;
    }

    /// <summary>Hands on the piece that is still open.</summary>
    public bool Close()
    {
        if (!_open)
        {
            return true;
        }

        _open = false;
        return next.Take(_text[_start.._end], first && _start == 0, state);
    }
}
