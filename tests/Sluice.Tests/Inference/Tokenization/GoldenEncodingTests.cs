using System.Text.Json;
using Sluice.Inference.Tokenization;
using Xunit.Abstractions;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>Every golden row of the reference, for every tokenizer file.</summary>
public sealed class GoldenEncodingTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names { get; } =
    [
        "albert-base-v2", "all-MiniLM-L6-v2", "all-mpnet-base-v2", "bert-base-chinese", "bert-base-multilingual-cased", "bert-base-uncased",
        "clip-vit-base", "gpt-neox-20b", "gpt2", "marian-nmt-unigram", "minimind", "mistral-7b-v0.1", "phi-3-mini", "qwen2", "roberta-base", "smollm",
        "t5-small", "xlnet-base-cased",
    ];

    [SharedTheory(GoldenFiles.Folder)]
    [MemberData(nameof(Names))]
    public void Encode_GoldenRows_GiveTheReferencesIds(string name)
    {
        Tokenizer tokenizer = GoldenFiles.Load(name);
        List<string> failures = [];
        int rows = 0;
        foreach (string file in (string[])["pool", "edge", "pairs"])
        {
            int before = failures.Count;
            int rowsBefore = rows;
            foreach (JsonElement row in GoldenFiles.Rows(file, name))
            {
                rows++;
                // Some rows show the truncation and padding stored in the file.
                if ((row.TryGetProperty("file_defaults", out _) ? GoldenParts.Compare(tokenizer, row) : Check(tokenizer, row)) is { } failure)
                {
                    failures.Add($"{file} {row.GetProperty("case").GetString()}: {failure}");
                }
            }

            output.WriteLine($"{name} {file}: {rows - rowsBefore - failures.Count + before} of {rows - rowsBefore}");
        }

        output.WriteLine($"{name}: {rows - failures.Count} of {rows}");
        Assert.True(rows > 500, $"only {rows} golden rows for {name}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {rows} rows differ:\n" + string.Join('\n', failures.Take(12)));
    }

    private static string? Check(Tokenizer tokenizer, JsonElement row)
    {
        string text = row.GetProperty("text").GetString()!;
        string? pair = row.TryGetProperty("pair", out JsonElement second) ? second.GetString() : null;
        int[] ids = GoldenFiles.Numbers(row, "ids");
        int[] types = GoldenFiles.Numbers(row, "type_ids");
        int limit = int.MaxValue;
        if (row.TryGetProperty("max_length", out JsonElement length))
        {
            limit = length.GetInt32();
            int kept = row.GetProperty("attn").GetInt32();
            ids = ids[..kept];
            types = types[..Math.Min(kept, types.Length)];
        }

        string? failure = Compare(tokenizer, text, pair, limit, ids, types, plain: false);
        if (failure is not null || limit != int.MaxValue)
        {
            return failure;
        }

        int[] plain = row.TryGetProperty("ids_plain", out _) ? GoldenFiles.Numbers(row, "ids_plain") : ids;
        return Compare(tokenizer, text, pair, limit, plain, GoldenFiles.Numbers(row, "type_ids_plain"), plain: true);
    }

    private static string? Compare(Tokenizer tokenizer, string text, string? pair, int limit, int[] ids, int[] types, bool plain)
    {
        TokenBuffer buffer = new();
        buffer.Add(7);
        int count = (pair, plain) switch
        {
            (null, false) => tokenizer.Encode(text, limit, buffer),
            (null, true) => tokenizer.EncodePlain(text, limit, buffer),
            (_, false) => tokenizer.EncodePair(text, pair, limit, buffer),
            (_, true) => tokenizer.EncodePairPlain(text, pair, limit, buffer),
        };
        if (count != buffer.Count - 1 || !buffer.Ids[1..].SequenceEqual(ids))
        {
            int same = buffer.Ids[1..].CommonPrefixLength(ids);
            return $"{(plain ? "plain " : "")}limit {limit}: found {string.Join(' ', buffer.Ids[1..].ToArray().Skip(same - 2).Take(8))}, expected "
                + $"{string.Join(' ', ids.Skip(same - 2).Take(8))} from token {same} of {ids.Length} in {text.Length} characters";
        }

        // Type ids are left out of the goldens where all are 0.
        byte[] expected = types.Length > 0 ? [.. types.Select(type => (byte)type)] : new byte[ids.Length];
        bool known = types.Length > 0 || pair is null;
        return !known || buffer.Types[1..].SequenceEqual(expected) ? null : $"type ids differ with limit {limit}";
    }
}
