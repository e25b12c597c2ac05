namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>Code points in canonical order, with the composition algorithm of Unicode Standard Annex 15.</summary>
internal sealed class CodePointBuffer
{
    private int[] _codes = new int[64];
    private byte[] _classes = new byte[64];
    private int _count;

    /// <summary>What was added, in canonical order.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, _count);

    /// <summary>Forgets all, keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a fully decomposed code point at its place in canonical order.</summary>
    public void Add(int code)
    {
        if (_count == _codes.Length)
        {
            Array.Resize(ref _codes, _count * 2);
            Array.Resize(ref _classes, _count * 2);
        }

        byte combining = DecompositionTable.Instance.Class(code);
        int at = _count++;
        if (combining != 0)
        {
            for (; at > 0 && _classes[at - 1] > combining; at--)
            {
                _codes[at] = _codes[at - 1];
                _classes[at] = _classes[at - 1];
            }
        }

        _codes[at] = code;
        _classes[at] = combining;
    }

    /// <summary>Composes in place what can be composed.</summary>
    public void Compose()
    {
        int starter = -1;
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            int code = _codes[i];
            byte combining = _classes[i];
            // Blocked when something of the same or a higher class (or a starter) stands between the starter and this mark.
            bool blocked = kept - 1 != starter && (_classes[kept - 1] >= combining || _classes[kept - 1] == 0);
            if (starter >= 0 && !blocked)
            {
                int composed = Hangul.Compose(_codes[starter], code);
                composed = composed >= 0 ? composed : DecompositionTable.Instance.Compose(_codes[starter], code);
                if (composed >= 0)
                {
                    _codes[starter] = composed;
                    continue;
                }
            }

            if (combining == 0)
            {
                starter = kept;
            }

            _codes[kept] = code;
            _classes[kept++] = combining;
        }

        _count = kept;
    }
}
