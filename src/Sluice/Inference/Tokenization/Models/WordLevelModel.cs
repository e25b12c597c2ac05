namespace Sluice.Inference.Tokenization.Models;

/// <summary>A word is a token or unknown.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, int unknown) : TokenModel
{
    /// <inheritdoc/>
    public override int VocabularySize => vocabulary.Count;

    /// <inheritdoc/>
    public override int HighestId => vocabulary.HighestId;

    /// <inheritdoc/>
    public override bool TryGetId(string token, out int id) => vocabulary.TryGetId(token, out id);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> word, IdList ids, EncodeState state)
    {
        int id = vocabulary.Find(word);
        ids.Add(id >= 0 ? id : unknown);
    }
}
