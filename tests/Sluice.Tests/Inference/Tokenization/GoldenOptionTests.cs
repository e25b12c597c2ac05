using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Inference.Tokenization;
using Xunit.Abstractions;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>The golden rows of patched and of tiny tokenizers: truncation, padding, added-token flags, post-processors, Metaspace, fallbacks, prefixes, suffixes.</summary>
public sealed class GoldenOptionTests(ITestOutputHelper output)
{
    [SharedFact(GoldenFiles.Folder)]
    public void Encode_PatchedFiles_GiveTheReferencesIds()
    {
        List<string> failures = [];
        int rows = 0;
        int configurations = 0;
        foreach (IGrouping<string, JsonElement> config in GoldenFiles.Read("options").GroupBy(row => row.GetProperty("config").GetString()!))
        {
            JsonElement head = config.First();
            int before = failures.Count;
            Tokenizer tokenizer = TokenizerFile.Parse(Encoding.UTF8.GetBytes(Build(head)), config.Key);
            foreach (JsonElement row in config)
            {
                rows++;
                if (GoldenParts.Compare(tokenizer, row) is { } failure)
                {
                    failures.Add($"{config.Key} {row.GetProperty("case")}: {failure}");
                }
            }

            output.WriteLine($"{config.Key}: {config.Count() - failures.Count + before} of {config.Count()}");
            configurations++;
        }

        output.WriteLine($"{configurations} configurations: {rows - failures.Count} of {rows} rows");

        Assert.True(rows > 1200, $"only {rows} golden rows");
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
