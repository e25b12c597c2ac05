namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Several normalizers, one after another.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<Normalizer> steps) : Normalizer
{
    private readonly Normalizer[] _steps = [.. steps];

    /// <inheritdoc/>
    public override bool DropsRuns => Array.Exists(_steps, step => step.DropsRuns);

    /// <inheritdoc/>
    public override bool Leaves(ReadOnlySpan<char> text)
    {
        foreach (Normalizer step in _steps)
        {
            if (!step.Leaves(text))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state)
    {
        CharBuffer from = state.Rent();
        CharBuffer to = state.Rent();
        ReadOnlySpan<char> current = text;
        foreach (Normalizer step in _steps)
        {
            if (step.Leaves(current))
            {
                continue;
            }

            to.Clear();
            step.Apply(current, to, state);
            current = to.Span;
            (from, to) = (to, from);
        }

        into.Append(current);
        state.Return(from);
        state.Return(to);
    }
}
