using System.Globalization;
using System.Text.Json;
using Sluice.Inference.Tokenization.Json;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>Reads the model of a tokenizer file.</summary>
internal static class ModelReader
{
    /// <summary>The model that the component stands for.</summary>
    /// <exception cref="InvalidDataException">The component is not supported.</exception>
    public static TokenModel Read(JsonComponent component)
    {
        string type = component.Type.Length > 0 ? component.Type : GuessType(component);
        TokenModel model = type switch
        {
            "WordPiece" => ReadWordPiece(component),
            "WordLevel" => ReadWordLevel(component),
            "BPE" => BpeReader.Read(component),
            "Unigram" => ReadUnigram(component),
            _ => throw component.Unsupported("WordPiece", "WordLevel", "BPE", "Unigram"),
        };
        component.End();
        return model;
    }

    /// <summary>The vocabulary of a model that lists tokens with ids.</summary>
    internal static Vocabulary ReadVocabulary(JsonComponent component)
    {
        JsonElement map = component.Raw("vocab");
        if (map.ValueKind != JsonValueKind.Object)
        {
            throw component.Error("has a 'vocab' that is no object");
        }

        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        Dictionary<int, string> tokens = [];
        foreach (JsonProperty token in map.EnumerateObject())
        {
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt32(out int id) || id < 0)
            {
                throw component.Error($"has no whole number as the id of '{token.Name}'");
            }

            if (!tokens.TryAdd(id, token.Name))
            {
                throw component.Error($"has the id {id} of '{tokens[id]}' for '{token.Name}' too, expected each id once");
            }

            ids[token.Name] = id;
        }

        return new Vocabulary(ids);
    }

    /// <summary>The ids of the tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, -1 for those that lack.</summary>
    internal static int[] FindBytes(Vocabulary vocabulary) =>
        [.. Enumerable.Range(0, 256).Select(value => vocabulary.Find($"<0x{value.ToString("X2", CultureInfo.InvariantCulture)}>"))];

    // Files from before the models had names.
    private static string GuessType(JsonComponent component) =>
        component.Has("merges") ? "BPE"
        : component.Raw("vocab").ValueKind == JsonValueKind.Array ? "Unigram"
        : component.Has("continuing_subword_prefix") || component.Has("max_input_chars_per_word") ? "WordPiece"
        : "WordLevel";

    private static WordPieceModel ReadWordPiece(JsonComponent component)
    {
        Vocabulary vocabulary = ReadVocabulary(component);
        return new WordPieceModel(
            vocabulary,
            component.Text("continuing_subword_prefix", "##"),
            ReadUnknown(component, vocabulary, "[UNK]"),
            component.Number("max_input_chars_per_word", 100));
    }

    private static WordLevelModel ReadWordLevel(JsonComponent component)
    {
        Vocabulary vocabulary = ReadVocabulary(component);
        return new WordLevelModel(vocabulary, ReadUnknown(component, vocabulary, "<unk>"));
    }

    private static int ReadUnknown(JsonComponent component, Vocabulary vocabulary, string otherwise)
    {
        string token = component.Text("unk_token", otherwise);
        return vocabulary.TryGetId(token, out int id) ? id : throw component.Error($"has the unk_token '{token}', which is not in the vocabulary");
    }

    private static UnigramModel ReadUnigram(JsonComponent component)
    {
        IReadOnlyList<JsonElement> entries = component.Array("vocab");
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        double[] scores = new double[entries.Count];
        for (int id = 0; id < scores.Length; id++)
        {
            JsonElement entry = entries[id];
            if (entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() != 2 || entry[0].ValueKind != JsonValueKind.String
                || entry[1].ValueKind != JsonValueKind.Number)
            {
                throw component.Error($"has no token with its score at place {id} of 'vocab'");
            }

            ids[entry[0].GetString()!] = id;
            scores[id] = entry[1].GetDouble();
        }

        int unknown = component.Number("unk_id");
        if ((uint)unknown >= (uint)scores.Length)
        {
            throw component.Error($"has the unk_id {unknown}, expected one below {scores.Length}");
        }

        Vocabulary vocabulary = new(ids);
        return new UnigramModel(vocabulary, scores, unknown, component.Flag("byte_fallback", false) ? ReadBytes(component, vocabulary) : null);
    }

    private static int[] ReadBytes(JsonComponent component, Vocabulary vocabulary)
    {
        int[] bytes = FindBytes(vocabulary);
        return Array.IndexOf(bytes, -1) is >= 0 and int lacking
            ? throw component.Error($"falls back to bytes but has no token for byte {lacking}")
            : bytes;
    }
}
