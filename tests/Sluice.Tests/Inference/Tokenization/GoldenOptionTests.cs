using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Inference.Tokenization;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>The golden rows of patched and of tiny tokenizers: added-token flags, post-processors, Metaspace, fallbacks, prefixes, suffixes.</summary>
public sealed class GoldenOptionTests
{
    [SharedFact(GoldenFiles.Folder)]
    public void Encode_PatchedFiles_GiveTheReferencesIds()
    {
        List<string> failures = [];
        int rows = 0;
        foreach (IGrouping<string, JsonElement> config in GoldenFiles.Read("options").GroupBy(row => row.GetProperty("config").GetString()!))
        {
            JsonElement head = config.First();
            if (head.TryGetProperty("patch", out JsonElement patch) && patch.TryGetProperty("truncation", out JsonElement cut)
                && cut.ValueKind != JsonValueKind.Null)
            {
                // Truncation stored in a file is the caller's business here.
                continue;
            }

            Tokenizer tokenizer = TokenizerFile.Parse(Encoding.UTF8.GetBytes(Build(head)), config.Key);
            foreach (JsonElement row in config)
            {
                rows++;
                TokenBuffer buffer = new();
                string text = row.GetProperty("text").GetString()!;
                _ = row.TryGetProperty("pair", out JsonElement pair)
                    ? tokenizer.EncodePair(text, pair.GetString(), int.MaxValue, buffer)
                    : tokenizer.Encode(text, int.MaxValue, buffer);
                int[] ids = GoldenFiles.Numbers(row, "ids");
                int[] types = row.TryGetProperty("type_ids", out _) ? GoldenFiles.Numbers(row, "type_ids") : new int[ids.Length];
                if (!buffer.Ids.SequenceEqual(ids) || !types.SequenceEqual(buffer.Types.ToArray().Select(type => (int)type)))
                {
                    failures.Add($"{config.Key} {row.GetProperty("case")}: found {string.Join(' ', buffer.Ids.ToArray().Take(20))}, expected "
                        + string.Join(' ', ids.Take(20)));
                }
            }
        }

        Assert.True(rows > 300, $"only {rows} golden rows");
        Assert.True(failures.Count == 0, $"{failures.Count} of {rows} rows differ:\n" + string.Join('\n', failures.Take(20)));
    }

    private static string Build(JsonElement head)
    {
        if (head.TryGetProperty("json", out JsonElement whole))
        {
            return whole.ValueKind == JsonValueKind.String ? whole.GetString()! : whole.GetRawText();
        }

        JsonObject file = JsonNode.Parse(GoldenFiles.Json(head.GetProperty("base").GetString()!))!.AsObject();
        foreach ((string name, JsonObject target) in new[] { ("patch", file), ("patch_model", file["model"]!.AsObject()) })
        {
            if (head.TryGetProperty(name, out JsonElement patch))
            {
                foreach (JsonProperty property in patch.EnumerateObject())
                {
                    target[property.Name] = JsonNode.Parse(property.Value.GetRawText());
                }
            }
        }

        return file.ToJsonString();
    }
}
