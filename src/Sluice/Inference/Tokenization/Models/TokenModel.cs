namespace Sluice.Inference.Tokenization.Models;

/// <summary>Turns one word into ids. Immutable.</summary>
internal abstract class TokenModel
{
    /// <summary>Number of entries of the model's own vocabulary.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>Highest id of the model's own vocabulary; beyond the number of entries where ids are left out.</summary>
    public abstract int HighestId { get; }

    /// <summary>The id of a token of the model's own vocabulary.</summary>
    public abstract bool TryGetId(string token, out int id);

    /// <summary>Appends the ids of a word that is not empty to <paramref name="ids"/>.</summary>
    public abstract void Encode(ReadOnlySpan<char> word, IdList ids, EncodeState state);
}
