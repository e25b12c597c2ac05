namespace Sluice.Inference.Tokenization.Normalizers;

/// <summary>Rewrites text before it is split. Immutable.</summary>
internal abstract class Normalizer
{
    /// <summary>Appends the rewritten text.</summary>
    public abstract void Apply(ReadOnlySpan<char> text, CharBuffer into, EncodeState state);

    /// <summary>True when the text certainly stays as it is; a false answer means it may change.</summary>
    public virtual bool Leaves(ReadOnlySpan<char> text) => false;

    /// <summary>Whether characters may vanish because of what stands behind them.</summary>
    public virtual bool DropsRuns => false;
}
