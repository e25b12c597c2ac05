using System.Runtime.InteropServices;

namespace Sluice.Sources.JsonArrays;

/// <summary>
/// After a broken element: looks for the place where the next one most likely begins. That is an opening brace behind a comma, a bracket or a line
/// break, followed by a quoted field name, which either is the first field name of the broken element or the one usual in the file, or begins its line at the
/// same column as the broken element did. Objects nested in an element fail that test, so they are not taken for rows.
/// </summary>
internal sealed class ElementSearch
{
    private const int LongestCandidate = 1024;
    private readonly List<byte> _candidate = [];
    private byte[] _ownName = [];
    private byte[]? _usualName;
    private int _column;
    private byte _previous;
    private int _blanks;
    private bool _onNewLine;
    private bool _inName;
    private int _nameStart;
    private bool _sameColumn;

    /// <summary>The bytes from the opening brace to where the search ended.</summary>
    public ReadOnlySpan<byte> Candidate => CollectionsMarshal.AsSpan(_candidate);

    /// <summary>Begins a search.</summary>
    /// <param name="ownName">First field name of the broken element as it is spelt in the file; empty when it has none.</param>
    /// <param name="usualName">First field name that elements of this file have; empty when unknown; null when any name will do.</param>
    /// <param name="column">Column at which the broken element began its line, or -1 when it did not begin a line.</param>
    public void Reset(ReadOnlySpan<byte> ownName, byte[]? usualName, int column)
    {
        _ownName = ownName.ToArray();
        _usualName = usualName;
        _column = column;
        (_previous, _blanks, _onNewLine) = (0, 0, false);
        _candidate.Clear();
    }

    /// <summary>Searches on. Returns whether an element was found; it begins with <see cref="Candidate"/>, whose last byte is the last of the <paramref name="used"/> ones.</summary>
    public bool Find(ReadOnlySpan<byte> bytes, out int used)
    {
        for (used = 0; used < bytes.Length;)
        {
            if (Step(bytes[used++]))
            {
                return true;
            }
        }

        return false;
    }

    private bool Step(byte next)
    {
        if (_candidate.Count > 0)
        {
            if (Extend(next, out bool found))
            {
                return found;
            }

            _candidate.Clear();
        }

        switch (next)
        {
            case (byte)'\n':
                (_onNewLine, _blanks) = (true, 0);
                return false;
            case (byte)' ' or (byte)'\t' or (byte)'\r':
                _blanks++;
                return false;
            case (byte)'{' when _onNewLine || _previous is (byte)',' or (byte)'[':
                _sameColumn = _onNewLine && _blanks == _column;
                _inName = false;
                _candidate.Add(next);
                break;
        }

        (_previous, _onNewLine, _blanks) = (next, false, 0);
        return false;
    }

    // Returns false when the candidate fails and the byte is to be looked at afresh.
    private bool Extend(byte next, out bool found)
    {
        found = false;
        if (_candidate.Count >= LongestCandidate)
        {
            return false;
        }

        if (!_inName)
        {
            if (next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                (_onNewLine, _blanks) = next == '\n' ? (true, 0) : (_onNewLine, _blanks + 1);
                _candidate.Add(next);
                return true;
            }

            (_inName, _nameStart) = (true, _candidate.Count + 1);
            found = next == '"' && (_sameColumn || _usualName is null);
            return Keep(next, next == '"');
        }

        ReadOnlySpan<byte> name = Candidate[_nameStart..];
        if (next == '"')
        {
            found = !name.IsEmpty && (name.SequenceEqual(_ownName) || name.SequenceEqual(_usualName));
            return Keep(next, found);
        }

        return Keep(next, Continues(_ownName, name, next) || Continues(_usualName, name, next));
    }

    private static bool Continues(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> name, byte next) =>
        name.Length < whole.Length && whole[name.Length] == next && whole.StartsWith(name);

    private bool Keep(byte next, bool fits)
    {
        if (fits)
        {
            _candidate.Add(next);
        }

        return fits;
    }
}
