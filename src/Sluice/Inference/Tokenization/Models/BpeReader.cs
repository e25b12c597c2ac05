using System.Text.Json;
using Sluice.Inference.Tokenization.Json;

namespace Sluice.Inference.Tokenization.Models;

/// <summary>Reads a byte-pair model of a tokenizer file.</summary>
internal static class BpeReader
{
    /// <summary>The model that the component stands for.</summary>
    /// <exception cref="InvalidDataException">The component is not supported, or a merge names what the vocabulary lacks.</exception>
    public static BpeModel Read(JsonComponent component)
    {
        if (component.Has("dropout") && component.Raw("dropout").ValueKind == JsonValueKind.Number && component.Raw("dropout").GetDouble() != 0)
        {
            throw component.Error("has a dropout, which is not supported");
        }

        Vocabulary vocabulary = ModelReader.ReadVocabulary(component);
        BpeOptions options = new()
        {
            Unknown = ReadUnknown(component, vocabulary),
            FuseUnknown = component.Flag("fuse_unk", false),
            Bytes = component.Flag("byte_fallback", false) ? ModelReader.FindBytes(vocabulary) : null,
            ContinuingPrefix = component.Text("continuing_subword_prefix", string.Empty),
            EndOfWordSuffix = component.Text("end_of_word_suffix", string.Empty),
            IgnoreMerges = component.Flag("ignore_merges", false),
        };
        bool crossed = false;
        MergeTable merges = ReadMerges(component, vocabulary, options.ContinuingPrefix.Length, ref crossed);
        bool plain = options.ContinuingPrefix.Length == 0 && options.EndOfWordSuffix.Length == 0 && !options.IgnoreMerges;
        bool cuts = plain && !crossed && vocabulary.Find([BpeModel.WordStart]) >= 0;
        return new BpeModel(vocabulary, merges, options) { CutsAtWordStart = cuts };
    }

    private static int ReadUnknown(JsonComponent component, Vocabulary vocabulary)
    {
        if (!component.Has("unk_token"))
        {
            return -1;
        }

        string token = component.Text("unk_token");
        return vocabulary.TryGetId(token, out int id) ? id : throw component.Error($"has the unk_token '{token}', which is not in the vocabulary");
    }

    private static MergeTable ReadMerges(JsonComponent component, Vocabulary vocabulary, int prefixLength, ref bool crossed)
    {
        IReadOnlyList<JsonElement> merges = component.Array("merges");
        MergeTable table = new(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            (string left, string right) = ReadMerge(component, merges[rank], rank);
            if (left.Length == 0 || right.Length <= prefixLength)
            {
                throw component.Error($"has merge {rank} with an empty part");
            }

            crossed |= right[0] == BpeModel.WordStart && left[^1] != BpeModel.WordStart;
            string merged = string.Concat(left, right.AsSpan(prefixLength));
            table.Add(Find(left), Find(right), rank, Find(merged));

            int Find(string token) => vocabulary.TryGetId(token, out int id) ? id
                : throw component.Error($"has merge {rank} with '{token}', which is not in the vocabulary");
        }

        return table;
    }

    private static (string Left, string Right) ReadMerge(JsonComponent component, JsonElement merge, int rank)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2 && merge.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String))
        {
            return (merge[0].GetString()!, merge[1].GetString()!);
        }

        string[] parts = merge.ValueKind == JsonValueKind.String ? merge.GetString()!.Split(' ') : [];
        return parts.Length == 2 ? (parts[0], parts[1]) : throw component.Error($"has a merge {rank} that is no pair");
    }
}
