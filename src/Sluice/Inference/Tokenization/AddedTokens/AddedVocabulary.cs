using Sluice.Inference.Tokenization.Json;
using Sluice.Inference.Tokenization.Models;
using Sluice.Inference.Tokenization.Normalizers;

namespace Sluice.Inference.Tokenization.AddedTokens;

/// <summary>The added tokens of a file: those looked for in the raw text, and those looked for in the normalised text.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    private AddedVocabulary(Normalizer? normalizer, List<AddedToken> tokens, int size)
    {
        Size = size;
        foreach (AddedToken token in tokens)
        {
            _ids[token.Content] = token.Id;
        }

        Raw = Match([.. tokens.Where(token => !token.Normalized).Select(token => (token.Content, token))]);
        Normalized = Match([.. tokens.Where(token => token.Normalized).Select(token => (Normalize(token.Content, normalizer), token))]);
    }

    /// <summary>Finds the tokens of the raw text; null when there are none.</summary>
    public AddedTokenMatcher? Raw { get; }

    /// <summary>Finds the tokens of the normalised text; null when there are none.</summary>
    public AddedTokenMatcher? Normalized { get; }

    /// <summary>Number of tokens, the model's included.</summary>
    public int Size { get; }

    /// <summary>Reads the list of a tokenizer file, where it has one.</summary>
    /// <exception cref="InvalidDataException">A token is empty, stands there twice, or falls on an id of the vocabulary.</exception>
    public static AddedVocabulary Read(JsonComponent file, TokenModel model, Normalizer? normalizer)
    {
        List<AddedToken> tokens = [];
        int size = model.VocabularySize;
        int top = model.HighestId;
        int highest = -1;
        foreach (JsonComponent entry in file.Has("added_tokens") ? file.Parts("added_tokens") : [])
        {
            // As in the reference the id is the model's own for this text, or else the next free one, whatever the file says.
            AddedToken token = ReadToken(entry);
            bool known = model.TryGetId(token.Content, out int id);
            id = known ? id : Math.Max(highest + 1, model.VocabularySize);
            if (token.Content.Length == 0 || tokens.Exists(other => other.Content == token.Content))
            {
                throw entry.Error($"is '{token.Content}', expected a text that no other added token has");
            }

            if (!known && id <= top)
            {
                throw entry.Error($"is '{token.Content}' and would get the id {id}, the next behind the {model.VocabularySize} entries of the vocabulary, but ids there go up to {top}; expected a vocabulary without holes");
            }

            size += known ? 0 : 1;
            highest = Math.Max(highest, id);
            tokens.Add(token with { Id = id });
        }

        AddedVocabulary vocabulary = new(normalizer, tokens, size);
        return vocabulary.Normalized?.Patterns.Contains(string.Empty) == true
            ? throw file.Error("has an added token that the normalizer leaves nothing of")
            : vocabulary;
    }

    /// <summary>The id of an added token.</summary>
    public bool TryGetId(string token, out int id) => _ids.TryGetValue(token, out id);

    private static AddedToken ReadToken(JsonComponent entry)
    {
        bool special = entry.Flag("special", false);
        AddedToken token = new(
            entry.Text("content"),
            entry.Number("id"),
            entry.Flag("single_word", false),
            entry.Flag("lstrip", false),
            entry.Flag("rstrip", false),
            entry.Flag("normalized", !special));
        entry.End();
        return token;
    }

    private static AddedTokenMatcher? Match(IReadOnlyList<(string Pattern, AddedToken Token)> tokens) => tokens.Count == 0 ? null : new(tokens);

    private static string Normalize(string content, Normalizer? normalizer)
    {
        CharBuffer buffer = new();
        if (normalizer is null)
        {
            return content;
        }

        normalizer.Apply(content, buffer, new EncodeState());
        return buffer.Span.ToString();
    }
}
