namespace Sluice.Inference.Tokenization.Unicode;

/// <summary>The four Unicode normalization forms (Unicode Standard Annex 15).</summary>
internal sealed class UnicodeForm
{
    private readonly bool _compatible;
    private readonly bool _composes;
    private readonly char _firstChanged;
    private readonly ulong[] _changes = new ulong[65536 / 64];

    private UnicodeForm(bool compatible, bool composes)
    {
        _compatible = compatible;
        _composes = composes;
        for (int code = 0; code < 65536; code++)
        {
            if (MayChange(code))
            {
                _changes[code >> 6] |= 1UL << (code & 63);
                if (_firstChanged == 0)
                {
                    _firstChanged = (char)code;
                }
            }
        }
    }

    /// <summary>Canonical composition.</summary>
    public static UnicodeForm C { get; } = new(compatible: false, composes: true);

    /// <summary>Canonical decomposition.</summary>
    public static UnicodeForm D { get; } = new(compatible: false, composes: false);

    /// <summary>Compatibility composition.</summary>
    public static UnicodeForm KC { get; } = new(compatible: true, composes: true);

    /// <summary>Compatibility decomposition.</summary>
    public static UnicodeForm KD { get; } = new(compatible: true, composes: false);

    /// <summary>True when the text is certainly in this form; a false answer means it may be.</summary>
    public bool Leaves(ReadOnlySpan<char> text)
    {
        int from = text.IndexOfAnyExceptInRange('\0', (char)(_firstChanged - 1));
        if (from < 0)
        {
            return true;
        }

        for (int i = from; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsSurrogate(c))
            {
                int code = CodePoints.At(text, i, out int length);
                if (MayChange(code))
                {
                    return false;
                }

                i += length - 1;
            }
            else if ((_changes[c >> 6] & (1UL << (c & 63))) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Appends the text in this form.</summary>
    public void Apply(ReadOnlySpan<char> text, CharBuffer into, CodePointBuffer scratch)
    {
        scratch.Clear();
        for (int i = 0; i < text.Length;)
        {
            int code = CodePoints.At(text, i, out int length);
            i += length;
            AddDecomposed(code, scratch);
        }

        if (_composes)
        {
            scratch.Compose();
        }

        foreach (int code in scratch.Codes)
        {
            into.AppendCode(code);
        }
    }

    private void AddDecomposed(int code, CodePointBuffer scratch)
    {
        if (Hangul.IsSyllable(code))
        {
            (int lead, int vowel, int trail) = Hangul.Decompose(code);
            scratch.Add(lead);
            scratch.Add(vowel);
            if (trail != Hangul.TrailBase)
            {
                scratch.Add(trail);
            }
        }
        else if (code >= 0xA0 && DecompositionTable.Instance.Decompose(code, _compatible) is { } parts)
        {
            foreach (int part in parts)
            {
                scratch.Add(part);
            }
        }
        else
        {
            scratch.Add(code);
        }
    }

    private bool MayChange(int code)
    {
        DecompositionTable table = DecompositionTable.Instance;
        if (table.Class(code) != 0 || (!_composes && Hangul.IsSyllable(code)))
        {
            return true;
        }

        if (_composes && table.IsSecond(code))
        {
            return true;
        }

        if (table.Decompose(code, _compatible) is not { } parts)
        {
            return false;
        }

        // A composed character stays in a composed form only when its own canonical parts compose back to it.
        return !_composes || (_compatible && table.Decompose(code, compatible: false) is null) || !ComposesBack(code, parts);
    }

    private static bool ComposesBack(int code, int[] parts)
    {
        CodePointBuffer scratch = new();
        foreach (int part in parts)
        {
            scratch.Add(part);
        }

        scratch.Compose();
        return scratch.Codes.Length == 1 && scratch.Codes[0] == code;
    }
}
